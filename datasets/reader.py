"""Read a version in a notebook from its export, zip or unpacked folder of any format; knows no Django.

`read_version(path)` gives clips and annotations as pandas tables and, of a CH-SIMS export with feature pickles, the
features of every clip without padding. Arrays stay in the file until they are asked for, in a zip too.
"""

import json
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from config.errors import DomainError
from datasets.formats import parquet
from datasets.formats.feature_pickles import Block, read_feature_file
from datasets.formats.tables import annotation_rows, clip_rows
from datasets.manifest import Manifest, read_manifest
from datasets.vocabulary import Modality

Float32 = npt.NDArray[np.float32]
# Holds every clip that has features, the unsupervised ones too.
PICKLE = "Processed/unaligned_mix.pkl"
LOCAL_HEADER = struct.Struct("<26xHH")  # lengths of name and extra field, at the end of a zip's header of a file


class NotAnExport(DomainError):
    """What was named is no export of a version."""

    code = "not_an_export"


@dataclass(frozen=True)
class Frames(Mapping[str, Float32]):
    """One modality's features by clip (`video_id$_$clip_id`): arrays (frames, width), read when asked for."""

    names: Mapping[str, int]  # place of each clip
    width: int
    read: Callable[[int], Float32]

    def __getitem__(self, clip: str) -> Float32:
        return self.read(self.names[clip])

    def __contains__(self, clip: object) -> bool:  # without reading it, as Mapping would
        return clip in self.names

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


@dataclass(frozen=True)
class ReadVersion:
    """A frozen version: what it is called, its manifest, and its clips as tables."""

    name: str  # of the project
    number: str
    sha256: str
    manifest: Manifest
    features: Mapping[Modality, Frames] = field(default_factory=dict)  # empty where the export has none

    @cached_property
    def clips(self) -> Any:  # pandas publishes no types
        """One row a clip, in the version's order: the columns of `clips.parquet`."""
        return as_frame(clip_rows(self.manifest.clips), parquet.CLIPS)

    @cached_property
    def annotations(self) -> Any:  # pandas publishes no types
        """One row an annotation: the columns of `annotations.parquet`."""
        return as_frame(annotation_rows(self.manifest.clips), parquet.ANNOTATIONS)


def as_frame(rows: Iterator[Mapping[str, Any]], schema: Any) -> Any:  # neither pandas nor pyarrow publishes types
    """Rows as a pandas table with the columns and types of a Parquet file."""
    return pa.Table.from_pylist(list(rows), schema=schema).to_pandas()


def read_version(path: str | Path) -> ReadVersion:
    """The version in an export; NotAnExport, or BadManifest where the manifest is not the one that was published.

    Warns when it had been withdrawn before the export was made.
    """
    export = open_export(Path(path))
    about = json.loads(export.content("croissant.json"))
    if about.get("creativeWorkStatus") == "withdrawn":
        warnings.warn(about["description"].splitlines()[0], stacklevel=2)
    sha256 = about["url"].removeprefix("urn:sha256:")
    manifest = read_manifest(export.content("manifest.json"), sha256=sha256)
    place = export.place(PICKLE)
    features = pickled_frames(read_feature_file(place.path, start=place.start, size=place.size)) if place else {}
    return ReadVersion(about["name"], about["version"], sha256, manifest, features)


def pickled_frames(blocks: Sequence[Block]) -> dict[Modality, Frames]:
    """Features of all clips in the splits of a pickle; the same clip is the same in every split that has it."""
    places = [(block, row) for block in blocks for row in range(len(block.ids))]
    names = {block.ids[row]: place for place, (block, row) in enumerate(places)}

    def reader(modality: Modality) -> Callable[[int], Float32]:
        def read(place: int) -> Float32:
            block, row = places[place]
            return block.frames(modality, row)[0]

        return read

    arrays = places[0][0].features if places else {}
    return {modality: Frames(names, array.shape[-1], reader(modality)) for modality, array in arrays.items()}


@dataclass(frozen=True)
class Place:
    """Where the bytes of a file lie."""

    path: Path
    start: int = 0
    size: int | None = None


@dataclass(frozen=True)
class ExportFiles:
    """The files of an export by their names in it."""

    places: Mapping[str, Place]

    def place(self, name: str) -> Place | None:
        """Where a file lies; None where the export has no such file."""
        return self.places.get(name)

    def content(self, name: str) -> bytes:
        """The bytes of a small file."""
        place = self.places[name]
        with place.path.open("rb") as file:
            file.seek(place.start)
            return file.read() if place.size is None else file.read(place.size)


def open_export(path: Path) -> ExportFiles:
    """The files of a zip or folder; NotAnExport when it has no manifest."""
    if zipfile.is_zipfile(path):
        files = files_of_zip(path)
    elif path.is_dir():
        files = files_of_folder(path)
    else:
        raise NotAnExport(f"{path} is neither a zip nor a folder; name an export, whole or unpacked.")
    if not {"manifest.json", "croissant.json"} <= set(files):
        raise NotAnExport(f"{path} has no manifest.json and croissant.json, so it is no export of a version.")
    return ExportFiles(files)


def files_of_zip(path: Path) -> dict[str, Place]:
    """Where the files of a zip lie, without its top folder; nothing in an export is compressed."""
    found = {}
    with zipfile.ZipFile(path) as archive, path.open("rb") as raw:
        for info in archive.infolist():
            if info.compress_type != zipfile.ZIP_STORED:
                raise NotAnExport(f"{path} was packed again, with compression; unpack it and name the folder.")
            raw.seek(info.header_offset)
            start = info.header_offset + 30 + sum(LOCAL_HEADER.unpack(raw.read(LOCAL_HEADER.size)))
            found[info.filename.partition("/")[2]] = Place(path, start, info.file_size)
    return found


def files_of_folder(path: Path) -> dict[str, Place]:
    """The files of an unpacked export: of the folder itself, or of the only folder in it."""
    inside = [each for each in path.iterdir() if each.is_dir()]
    top = path if (path / "manifest.json").is_file() or len(inside) != 1 else inside[0]
    names = ("manifest.json", "croissant.json", PICKLE)
    return {name: Place(top / name) for name in names if (top / name).is_file()}
