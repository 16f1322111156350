"""Make one rendition of a clip and audit the very file that was made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import metadata
from pathlib import Path

import numpy as np

from annotator.isolation.audit import Audit, findings_in_file, streams_of, voice_findings
from annotator.isolation.burned_text import Region, find_text_regions, shared_text
from annotator.isolation.descriptors import descriptor_retention
from annotator.isolation.faces import find_face_boxes
from annotator.isolation.intelligibility import VoiceFigures, measure_voice
from annotator.isolation.masks import plan_mask
from annotator.isolation.methods import METHODS, vocoder
from annotator.isolation.methods.interface import RATE, NoisedVoice, Signal
from annotator.isolation.noise import chance, hide_words
from annotator.isolation.parameters import IsolationParameters
from annotator.isolation.sound import read_voice, write_voice
from annotator.isolation.syllables import identify_syllables
from annotator.isolation.video import write_silent_video, write_web_video
from datasets.media import programs
from datasets.media.command import MediaError
from datasets.media.encoding import written_whole
from datasets.vocabulary import Modality

MASKING_ROUNDS = 3
# Frames a second that are read again where the whole source was read before: enough to see a line that was overlooked.
CHECKING_RATE = 0.5
# dB around the campaign's level of the tone: a rough or very low voice needs another to keep its pitch.
TONE_STEPS = (0.0, 3.0, -3.0, 6.0, 9.0, 12.0)
MEASURING_PACKAGES = ("pystoi", "pyloudnorm", "opensmile", "rapidocr", "mediapipe", "numpy", "scipy")


def make_rendition(
    clip_path: Path,
    destination: Path,
    modality: Modality,
    parameters: IsolationParameters,
    transcript: str,
    seed: int,
    text_regions: Sequence[Region] | None = None,
    *,
    drawn: bool = False,
) -> Audit:
    """Write a clip's rendition for one stage, whole or not at all, and audit it.

    The same arguments give the same bytes. `text_regions` are the clip's regions of burned-in text when they are
    known from its source; None reads the clip itself. Regions that somebody has `drawn` are masked as they are; to
    others is added what can still be read afterwards. The text modality has no file. Raises MediaError when the
    clip cannot be read or lacks a stream.
    """
    with written_whole(destination) as partial:
        if modality is Modality.AUDIO:
            return _make_audio(clip_path, partial, parameters, transcript, seed)
        if modality is Modality.VISION:
            return _make_vision(clip_path, partial, parameters, transcript, text_regions, drawn)
        if modality is Modality.MULTIMODAL:
            write_web_video(clip_path, partial, parameters)
            return _audit(partial, modality, parameters, transcript)
        raise ValueError("The text stage shows the transcript alone: it has no rendition.")


def seed_from_hash(sha256: str) -> int:
    """The clip's seed for its noise, from its file's hash: annotators may see neither."""
    return int(sha256[:16], 16)


@dataclass(frozen=True)
class _Attempt:
    """One level of the tone: the noised voice, what the file that was made of it holds, and what is wrong with it."""

    noised: NoisedVoice
    heard: Signal
    figures: VoiceFigures
    findings: Sequence[str]


def _make_audio(clip: Path, destination: Path, parameters: IsolationParameters, transcript: str, seed: int) -> Audit:
    voice = read_voice(clip, RATE)
    if voice.size == 0:
        raise MediaError(f"{clip.name} has no sound to make an audio rendition from.")
    made = _best_attempt(voice, destination, parameters, seed)
    audit = _audit(destination, Modality.AUDIO, parameters, transcript, made.findings, made.noised.notes)
    audit = replace(audit, voice=made.figures, snr=made.noised.snr)
    if not voice.any() or not made.heard.any():
        return audit
    rhythm = vocoder.hide(voice, replace(parameters, bands=1), chance(parameters, seed)).samples
    return replace(
        audit,
        syllables=identify_syllables(voice, made.heard, rhythm, RATE),
        descriptors=descriptor_retention(voice, made.heard, RATE),
    )


def _best_attempt(voice: Signal, destination: Path, parameters: IsolationParameters, seed: int) -> _Attempt:
    """The first of a few levels of the tone whose file meets every threshold, else the one that misses fewest."""
    attempts: list[tuple[float, _Attempt]] = []
    for step in TONE_STEPS if METHODS[parameters.audio_method].has_tone else (0.0,):
        made = _attempt(voice, destination, parameters, seed, step)
        attempts.append((step, made))
        if not made.findings:
            return made
    step, best = min(attempts, key=lambda each: len(each[1].findings))
    # The file holds the last attempt; the same arguments give the better one again.
    return best if step == attempts[-1][0] else _attempt(voice, destination, parameters, seed, step)


def _attempt(voice: Signal, destination: Path, parameters: IsolationParameters, seed: int, step: float) -> _Attempt:
    """Write the voice with the tone `step` dB off the campaign's level, and measure the file: encoding changes it."""
    tone = parameters.tone_over_noise + step
    noised = hide_words(voice, replace(parameters, tone_over_noise=tone), seed)
    notes = (*noised.notes, f"The tone lies {tone:.1f} dB over the noise.") if step else noised.notes
    notes += write_voice(noised.samples, RATE, destination, parameters.loudness)
    heard = read_voice(destination, RATE)
    wrong = [] if heard.size == voice.size else [f"The rendition has {heard.size} samples instead of {voice.size}."]
    heard = np.resize(heard, voice.size)
    figures = measure_voice(voice, heard, RATE)
    return _Attempt(replace(noised, notes=notes), heard, figures, wrong + voice_findings(figures, parameters))


def _make_vision(
    clip: Path,
    destination: Path,
    parameters: IsolationParameters,
    transcript: str,
    known: Sequence[Region] | None,
    drawn: bool,
) -> Audit:
    """Mask, read what was made, and mask again what was overlooked; what can still be read then is a finding."""
    rate = parameters.sampling_rate
    checking = rate if known is None else min(rate, CHECKING_RATE)
    regions = list(find_text_regions(clip, rate=rate) if known is None else known)
    text_before = tuple(text for region in regions for text in region.texts)
    faces = find_face_boxes(clip, rate=rate) if regions else []
    mask = plan_mask(regions, faces)
    for _ in range(1 if drawn else MASKING_ROUNDS):
        write_silent_video(clip, destination, mask, parameters)
        # Read half a step later than before, so that both readings together see twice as many moments.
        remaining = find_text_regions(destination, rate=checking, offset=0.5 / rate)
        faces = faces or (find_face_boxes(clip, rate=rate) if remaining else [])
        previous, mask = mask, plan_mask(regions := [*regions, *remaining], faces)
        if set(mask.boxes) == set(previous.boxes):
            break
    text_after = tuple(text for region in remaining for text in region.texts)
    readable = shared_text(text_after, transcript)
    findings = [f"Of the transcript, {'、'.join(readable)} can still be read in the picture."] if readable else []
    notes = mask.conflicts + ((f"Other text can be read: {' / '.join(text_after)}.",) if text_after else ())
    audit = _audit(destination, Modality.VISION, parameters, transcript, findings, notes)
    return replace(audit, conflicts=mask.conflicts, text_before=text_before, text_after=text_after)


def _audit(
    path: Path,
    modality: Modality,
    parameters: IsolationParameters,
    transcript: str,
    findings: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> Audit:
    found, in_file = findings_in_file(path, modality, transcript)
    return Audit(
        modality=modality,
        findings=(*in_file, *findings),
        notes=tuple(notes),
        streams=streams_of(found),
        tags=found.tags,
        chapters=found.chapters,
        attachments=found.extra_streams,
        duration=found.duration,
        voice=None,
        snr=None,
        syllables=None,
        descriptors={},
        conflicts=(),
        text_before=(),
        text_after=(),
        parameters=parameters,
        tools=_tools(),
    )


@cache
def _tools() -> dict[str, str]:
    """Versions of everything that a rendition or its figures depend on."""
    pair = programs.programs()
    packages = {name: metadata.version(name) for name in MEASURING_PACKAGES}
    return {"ffmpeg": pair.ffmpeg_version, "ffprobe": pair.ffprobe_version, **packages}
