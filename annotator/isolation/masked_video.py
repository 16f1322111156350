"""Make the silent video of a clip with its burned-in text masked, and read the very file that was made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.isolation.audit import Audit, audit_file
from annotator.isolation.boxes import Box
from annotator.isolation.burned_text import Region, find_text_regions, shared_text
from annotator.isolation.faces import find_face_boxes
from annotator.isolation.masks import Mask, plan_mask
from annotator.isolation.video import ClipFile
from config.sentences import sentence
from datasets.media.probe import probe
from datasets.vocabulary import Modality

MASKING_ROUNDS = 3
# Frames a second that are read again where the whole source was read before: enough to see a line that was overlooked.
CHECKING_RATE = 0.5


@dataclass(frozen=True)
class TextPlan:
    """What text a clip shows and where its faces are; `drawn` regions are masked as they are."""

    regions: tuple[Region, ...]
    faces: tuple[Box, ...]
    drawn: bool
    checking_rate: float

    @property
    def mask(self) -> Mask:
        """What is masked of the picture."""
        return plan_mask(self.regions, self.faces)


def plan_text(clip: ClipFile, known: Sequence[Region] | None, *, drawn: bool) -> TextPlan:
    """The regions that are known from the clip's source, or that the clip itself shows, with the faces near them."""
    rate = clip.parameters.sampling_rate
    regions = find_text_regions(clip.path, rate=rate, found=clip.found) if known is None else known
    faces = find_face_boxes(clip.path, rate=rate, found=clip.found) if regions else []
    return TextPlan(tuple(regions), tuple(faces), drawn, rate if known is None else min(rate, CHECKING_RATE))


def check_silent_video(
    clip: ClipFile, made: Path, plan: TextPlan, transcript: str, remake: Callable[[Mask], object]
) -> Audit:
    """Read the file that was made, `remake` it where text was overlooked; what can still be read then is a finding."""
    rate, text_before = clip.parameters.sampling_rate, _texts(plan.regions)
    for left in reversed(range(1 if plan.drawn else MASKING_ROUNDS)):
        found = probe(made)
        # Read half a step later than before, so that both readings together see twice as many moments; where the source
        # was read before, its moments are others anyway.
        remaining = find_text_regions(
            made, rate=plan.checking_rate, offset=0.5 / rate, found=found, keyframes=plan.checking_rate < rate
        )
        faces = plan.faces or tuple(find_face_boxes(clip.path, rate=rate, found=clip.found) if remaining else ())
        previous, plan = plan.mask, replace(plan, regions=(*plan.regions, *remaining), faces=faces)
        if set(plan.mask.boxes) == set(previous.boxes) or not left:
            break
        remake(plan.mask)
    text_after = _texts(remaining)
    readable = shared_text(text_after, transcript)
    findings, notes = [], list(plan.mask.conflicts)
    if readable:
        words = "Of the transcript, {text} can still be read in the picture."
        findings.append(sentence("transcript_readable", words, text="、".join(readable)))
    if text_after:
        notes.append(sentence("text_readable", "Other text can be read: {text}.", text=" / ".join(text_after)))
    audit = audit_file(made, Modality.VISION, clip.parameters, transcript, findings, notes, found)
    return replace(audit, conflicts=plan.mask.conflicts, text_before=text_before, text_after=text_after)


def _texts(regions: Sequence[Region]) -> tuple[str, ...]:
    return tuple(text for region in regions for text in region.texts)
