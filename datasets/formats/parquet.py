"""Parquet: the tables of clips and of annotations, each with a fixed schema."""

import io
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.parquet

from datasets.formats.tables import annotation_rows, clip_rows, label_column
from datasets.manifest import FrozenClip
from datasets.vocabulary import Modality

TEXT, TRUTH = pa.string(), pa.bool_()
CLIPS = pa.schema(
    {
        "id": TEXT,
        "video_id": TEXT,
        "clip_id": TEXT,
        "transcript": TEXT,
        "speaker": TEXT,
        "scenario": TEXT,
        "supervised": TRUTH,
        "split": TEXT,
        **{
            label_column(modality): pa.float64()
            for modality in (Modality.MULTIMODAL, Modality.TEXT, Modality.AUDIO, Modality.VISION)
        },
        "class": TEXT,
        **{f"scores_{modality}": pa.list_(pa.int8()) for modality in Modality},
        "seconds": pa.float64(),
        "media_sha256": TEXT,
    }
)
ANNOTATIONS = pa.schema(
    {
        "id": TEXT,
        "video_id": TEXT,
        "clip_id": TEXT,
        "modality": TEXT,
        "annotator": TEXT,
        "score": pa.int8(),
        "seconds": pa.float64(),
        "plays": pa.int32(),
        "simulated": TRUTH,
    }
)


def clips_parquet(clips: Iterable[FrozenClip]) -> bytes:
    """`clips.parquet`: one row a clip, in the version's order."""
    return parquet_bytes(clip_rows(clips), CLIPS)


def annotations_parquet(clips: Iterable[FrozenClip]) -> bytes:
    """`annotations.parquet`: one row an annotation."""
    return parquet_bytes(annotation_rows(clips), ANNOTATIONS)


def parquet_bytes(rows: Iterable[Mapping[str, Any]], schema: Any) -> bytes:  # pyarrow publishes no types
    """Rows as a Parquet file; equal rows give equal bytes with the same release of pyarrow."""
    file = io.BytesIO()
    pyarrow.parquet.write_table(pa.Table.from_pylist(list(rows), schema=schema), file, compression="zstd")
    return file.getvalue()
