"""Make the renditions of a clip from one decoding of it, and audit the very files that were made."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.isolation.audit import Audit, audit_file
from annotator.isolation.burned_text import Region
from annotator.isolation.clip_file import ClipFile
from annotator.isolation.masked_video import TextPlan, check_silent_video, plan_text, read_text
from annotator.isolation.methods.interface import RATE, Signal
from annotator.isolation.noised_audio import make_noised_audio
from annotator.isolation.parameters import IsolationParameters
from annotator.isolation.video import write_files
from datasets.media.command import MediaError
from datasets.media.encoding import written_whole
from datasets.vocabulary import Modality

Report = Callable[[Modality], object]
FindText = Callable[[ClipFile], Sequence[Region]]

NO_TEXT = TextPlan((), (), drawn=False)


@dataclass(frozen=True)
class Order:
    """What renditions are made from and by: a clip's file, what is said in it, and its noise's seed.

    `text_regions` tells where the clip's picture shows text. Regions that somebody has `drawn` are masked as they are;
    to others is added what can still be read afterwards.
    """

    clip: Path
    parameters: IsolationParameters
    transcript: str
    seed: int
    text_regions: FindText = read_text
    drawn: bool = False


def make_rendition(
    clip_path: Path,
    destination: Path,
    modality: Modality,
    parameters: IsolationParameters,
    transcript: str,
    seed: int,
    text_regions: FindText = read_text,
    *,
    drawn: bool = False,
) -> Audit:
    """Write a clip's rendition for one stage, whole or not at all, and audit it.

    The same arguments give the same bytes, alone or with others. The text modality has no file. Raises MediaError when
    the clip cannot be read or lacks a stream.
    """
    order = Order(clip_path, parameters, transcript, seed, text_regions, drawn)
    made = make_renditions(order, {modality: destination})[modality]
    if isinstance(made, MediaError):
        raise made
    return made


def make_renditions(
    order: Order, destinations: Mapping[Modality, Path], report: Report = lambda modality: None
) -> dict[Modality, Audit | MediaError]:
    """Write a clip's renditions, each whole or not at all; the audit of each, or why it could not be made.

    `report` hears which one is worked on.
    """
    if Modality.TEXT in destinations:
        raise ValueError("The text stage shows the transcript alone: it has no rendition.")
    try:
        return _make_together(order, destinations, report)
    except MediaError as error:
        if len(destinations) == 1:
            return dict.fromkeys(destinations, error)
    # What one of them lacks must not keep the others from being made.
    return {each: make_renditions(order, {each: path}, report)[each] for each, path in destinations.items()}


def seed_from_hash(sha256: str) -> int:
    """The clip's seed for its noise, from its file's hash: annotators may see neither."""
    return int(sha256[:16], 16)


def _make_together(
    order: Order, destinations: Mapping[Modality, Path], report: Report
) -> dict[Modality, Audit | MediaError]:
    clip = ClipFile(order.clip, order.parameters)
    with tempfile.TemporaryDirectory(dir=next(iter(destinations.values())).parent) as folder:
        paths = {modality: Path(folder) / modality.value for modality in destinations}
        silent = paths.get(Modality.VISION)
        plan = plan_text(clip, order.text_regions(clip), drawn=order.drawn) if silent else NO_TEXT
        rate = RATE if Modality.AUDIO in paths else None
        web = paths.get(Modality.MULTIMODAL)
        voice = write_files(clip, silent=silent, mask=plan.mask, web=web, voice_rate=rate)
        audits: dict[Modality, Audit | MediaError] = {}
        for modality, path in paths.items():
            report(modality)
            audits[modality] = _finish(order, clip, modality, path, plan, voice)
            with written_whole(destinations[modality]) as partial:
                path.replace(partial)
    return audits


def _finish(
    order: Order, clip: ClipFile, modality: Modality, path: Path, plan: TextPlan, voice: Signal | None
) -> Audit:
    """Audit what was written of a rendition, the noised audio being written first."""
    if modality is Modality.MULTIMODAL:
        return audit_file(path, modality, order.parameters, order.transcript)
    if modality is Modality.VISION:
        return check_silent_video(
            clip, path, plan, order.transcript, lambda mask: write_files(clip, silent=path, mask=mask)
        )
    if voice is None or voice.size == 0:
        raise MediaError(f"{clip.path.name} has no sound to make an audio rendition from.")
    return make_noised_audio(voice, path, order.parameters, order.transcript, order.seed)
