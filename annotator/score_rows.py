"""Rows of a table of scores, read against what a campaign asks and what the table said before."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from annotator.foreign_scores import COLUMNS, Row
from datasets.ingest.rows import BadRow
from datasets.vocabulary import HIGHEST_SCORE, LOWEST_SCORE, Modality

# As people write them: -3 … 3, and +1, +2, +3.
SCORES = {sign: score for score in range(LOWEST_SCORE, HIGHEST_SCORE + 1) for sign in (str(score), f"{score:+d}")}
MODALITIES = {str(modality): place for place, modality in enumerate(Modality)}
KEY_BYTES = 16

# Why a person's rows stay out, by the state of their membership.
REFUSALS = {
    "joining": ("annotator_joining", "“{}” is being taken into the campaign at this moment: import these rows later."),
    "excluded": (
        "annotator_excluded",
        "“{}” is excluded from the campaign: take them back first if they are to count.",
    ),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A score that a row gives to an assignment; `number` is the row's place among all of the table, from 1."""

    assignment: UUID
    score: int
    number: int


class Asked:
    """The assignments of a campaign in 24 bytes each, by clip, modality and annotator; with the line that named each.

    `clips` are (video_id, clip_id), `people` user names with the state of their membership, both in an order that
    `put` refers to.
    """

    def __init__(self, clips: Sequence[tuple[str, str]], people: Sequence[tuple[str, str]]) -> None:
        self.clips = {name: place for place, name in enumerate(clips)}
        self.people = {name: (place, state) for place, (name, state) in enumerate(people)}
        places = len(clips) * len(MODALITIES) * len(people)
        self.keys = bytearray(places * KEY_BYTES)
        self.lines = array("Q", bytes(places * 8))

    def put(self, clip: int, modality: str, person: int, key: UUID) -> None:
        """One assignment."""
        place = self.place(clip, modality, person) * KEY_BYTES
        self.keys[place : place + KEY_BYTES] = key.bytes

    def place(self, clip: int, modality: str, person: int) -> int:
        """Where an assignment stands."""
        return (person * len(MODALITIES) + MODALITIES[modality]) * len(self.clips) + clip

    def read(self, row: Row, line: int, number: int) -> Wanted:
        """What a row asks for; BadRow says what is wrong with it."""
        video_id, clip_id, modality, annotator, score = (row[column].strip() for column in COLUMNS)
        if modality not in MODALITIES:
            known = ", ".join(MODALITIES)
            raise BadRow("bad_modality", f"“{modality}” is no modality; they are {known}.", found=modality)
        clip = self.clips.get((video_id, clip_id))
        if clip is None:
            reason = f"There is no clip {clip_id} of the video {video_id} in the campaign."
            raise BadRow("unknown_clip", reason, video=video_id, clip=clip_id)
        place = self.place(clip, modality, self.person(annotator))
        key = bytes(self.keys[place * KEY_BYTES : (place + 1) * KEY_BYTES])
        if not any(key):
            raise BadRow("not_asked", f"“{annotator}” is not asked about this clip.", annotator=annotator)
        if earlier := self.lines[place]:
            reason = f"The same clip, modality and annotator are on line {earlier} already."
            raise BadRow("doubled_row", reason, earlier=earlier)
        if score not in SCORES:
            scale = f"a score is a whole number from {LOWEST_SCORE} to {HIGHEST_SCORE}"
            raise BadRow("bad_score", f"“{score}” is no score; {scale}.", found=score)
        self.lines[place] = line
        return Wanted(UUID(bytes=key), SCORES[score], number)

    def person(self, name: str) -> int:
        """An annotator's place; BadRow for somebody who is none, or whose scores are not taken now."""
        if name not in self.people:
            raise BadRow("unknown_annotator", f"“{name}” is not an annotator of the campaign.", annotator=name)
        place, state = self.people[name]
        if state in REFUSALS:
            code, reason = REFUSALS[state]
            raise BadRow(code, reason.format(name), annotator=name)
        return place


def subject_of(row: Mapping[str, str]) -> str:
    """What a row is about, for people: the clip's name."""
    return f"{row['video_id']}$_${row['clip_id']}"
