"""Make the silent video of a clip with its burned-in text masked, and read the very file that was made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.isolation.audit import Audit, audit_file
from annotator.isolation.boxes import Box
from annotator.isolation.burned_text import Region, find_text_regions, shared_text
from annotator.isolation.clip_file import ClipFile
from annotator.isolation.faces import find_face_boxes
from annotator.isolation.frames import sample_frames
from annotator.isolation.masks import Mask, plan_mask
from annotator.isolation.video_file import VideoFile
from config.sentences import sentence
from datasets.vocabulary import Modality

MASKING_ROUNDS = 3
# Pictures a second that are read again in what was made: enough to see a line that was overlooked. Where text that
# reaches into a face is left as it is, as many are read as in the clip.
CHECKING_RATE = 0.5


@dataclass(frozen=True)
class TextPlan:
    """What text a clip shows and where its faces are; `drawn` regions are masked as they are."""

    regions: tuple[Region, ...]
    faces: tuple[Box, ...]
    drawn: bool

    @property
    def mask(self) -> Mask:
        """What is masked of the picture."""
        return plan_mask(self.regions, self.faces)


def read_text(clip: ClipFile) -> list[Region]:
    """Where the clip's picture shows text; what is made of the clip is read again at other moments, on keyframes."""
    return find_text_regions(clip.pictures(), rate=clip.parameters.sampling_rate)


def plan_text(clip: ClipFile, regions: Sequence[Region], *, drawn: bool) -> TextPlan:
    """Regions of the clip with the faces near them."""
    faces = find_face_boxes(clip.pictures()) if regions else []
    return TextPlan(tuple(regions), tuple(faces), drawn)


def check_silent_video(
    clip: ClipFile, made: Path, plan: TextPlan, transcript: str, remake: Callable[[Mask], object]
) -> Audit:
    """Read the file that was made, `remake` it where text was overlooked; what can still be read then is a finding."""
    rate, text_before = clip.parameters.sampling_rate, _texts(plan.regions)
    for left in reversed(range(1 if plan.drawn else MASKING_ROUNDS)):
        file = VideoFile(made)
        often = rate if plan.mask.conflicts else min(rate, CHECKING_RATE)
        remaining = find_text_regions(sample_frames(file, often, keyframes=True), rate=often, thorough=True)
        faces = plan.faces or tuple(find_face_boxes(clip.pictures()) if remaining else ())
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
    audit = audit_file(made, Modality.VISION, clip.parameters, transcript, findings, notes, file.found)
    return replace(audit, conflicts=plan.mask.conflicts, text_before=text_before, text_after=text_after)


def _texts(regions: Sequence[Region]) -> tuple[str, ...]:
    return tuple(text for region in regions for text in region.texts)
