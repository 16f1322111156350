"""Clips, labels and splits out of feature pickles, and their arrays as ragged feature files."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from datasets.features import RaggedWriter
from datasets.formats.feature_pickles import Block, read_feature_file
from datasets.formats.unpickling import BadPickle
from datasets.ingest.chsims_folder import fifths_on_scale
from datasets.ingest.rows import BadRow, ClipRow, ClipTable, Rejected, checked_id, checked_transcript
from datasets.vocabulary import Modality, Split

# Named as the extractor of features that came ready.
IMPORTED = "imported"
MIXED = "train_mix"


@dataclass
class FeatureTable:
    """The clips of some feature files, and where each one's arrays are."""

    table: ClipTable
    places: Mapping[str, tuple[Block, int]]  # by video_id$_$clip_id
    blocks: Sequence[Block]

    @property
    def modalities(self) -> list[Modality]:
        """Those that every block with clips has arrays of."""
        filled = [block for block in self.blocks if block.ids]
        return [each for each in Modality if filled and all(each in block.features for block in filled)]

    def width(self, modality: Modality) -> int:
        """Values of a frame; BadPickle when the blocks differ."""
        widths = {block.features[modality].shape[-1] for block in self.blocks if block.ids}
        if len(widths) > 1:
            raise BadPickle(f"The {modality} arrays have different widths ({sorted(widths)}); import the files apart.")
        return int(widths.pop())


@dataclass
class Filled:
    """What was written into a feature file."""

    frames: int = 0
    repaired: int = 0  # values that were not finite and are 0 now
    clips: list[str] = field(default_factory=list)  # that have frames
    missing: list[str] = field(default_factory=list)  # that have none


def read_feature_table(files: Iterable[Path], *, unsupervised: Iterable[Path] = (), scale: int = 1) -> FeatureTable:
    """Read the structure of feature files; arrays stay where they are.

    Every row of the files in `unsupervised` is a clip without labels. Labels lie within -scale … scale.
    """
    blocks = [(block, False) for path in files for block in read_feature_file(path)]
    blocks += [(block, True) for path in unsupervised for block in read_feature_file(path)]
    # What is in a split of its own is there again in the mixture of both, which comes last therefore.
    blocks.sort(key=lambda each: each[0].split == MIXED)
    entries: list[ClipRow | Rejected] = []
    places: dict[str, tuple[Block, int]] = {}
    line = 0
    for block, is_unlabelled in blocks:
        for place, name in enumerate(block.ids):
            line += 1
            if block.split == MIXED and name in places:
                continue
            try:
                if name in places:
                    raise BadRow("duplicate_id", f"the id {name} stands twice in the files", found=name)
                entries.append(row_of(block, place, line, scale=0 if is_unlabelled else scale))
                places[name] = (block, place)
            except BadRow as bad:
                entries.append(bad.at(line, name))
    return FeatureTable(ClipTable.of(entries), places, [block for block, _ in blocks])


def row_of(block: Block, place: int, line: int, *, scale: int) -> ClipRow:
    """One clip of a block; raises BadRow. A scale of 0 means that its labels are to be left alone."""
    name = block.ids[place]
    video_id, separator, clip_id = name.partition("$_$")
    if not separator:
        raise BadRow("bad_id", f"the id “{name}” is not video_id$_$clip_id", column="id", found=name)
    labels = {}
    is_labelled = scale > 0 and block.split in (*Split, MIXED) and bool(block.supervised[place])
    for modality, values in block.labels.items() if is_labelled else ():
        if not math.isnan(values[place]):
            labels[modality] = fifths_on_scale(float(values[place]), scale, str(modality))
    return ClipRow(
        line=line,
        video=name,
        video_id=checked_id(video_id, "video_id"),
        clip_id=checked_id(clip_id, "clip_id"),
        transcript=checked_transcript(block.texts[place], "raw_text"),
        supervised=Modality.MULTIMODAL in labels,
        given_split=block.split if Modality.MULTIMODAL in labels and block.split in list(Split) else "",
        labels=labels if Modality.MULTIMODAL in labels else {},
    )


def write_features(
    table: FeatureTable,
    modality: Modality,
    names: Sequence[str],
    path: Path,
    say: Callable[[int, int], None] = lambda done, total: None,
) -> Filled:
    """Write one modality's arrays as a feature file with a row for each of these clips, empty where it has none."""
    width, filled = table.width(modality), Filled()
    length = token_length(table) if modality is Modality.TEXT else None
    columns = [f"{modality}_{n}" for n in range(width)]
    with RaggedWriter(path, columns=columns, rate=None, extractor=IMPORTED) as writer:
        for done, name in enumerate(names, start=1):
            frames, tokens = np.zeros((0, width), np.float32), None if length is None else np.zeros((3, length))
            if name in table.places:
                block, row = table.places[name]
                frames, odd = block.frames(modality, row)
                filled.repaired += odd
                filled.clips.append(name)
                if length is not None and block.tokens is not None:
                    tokens = block.tokens.rows(row, row + 1)[0]
            else:
                filled.missing.append(name)
            writer.add(name, frames, tokens)
            filled.frames += len(frames)
            say(done, len(names))
    return filled


def token_length(table: FeatureTable) -> int | None:
    """Tokens of a clip, where every block has as many and attends to any; None otherwise."""
    filled = [block for block in table.blocks if block.ids]
    lengths = {block.tokens.shape[-1] if block.tokens else 0 for block in filled}
    attends = all(Modality.TEXT in block.lengths for block in filled)
    return int(lengths.pop()) if len(lengths) == 1 and attends and lengths != {0} else None
