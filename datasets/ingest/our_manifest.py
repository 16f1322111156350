"""The manifest in an export of ours, as rows to import: nothing that the version froze is lost on the way."""

from pathlib import Path

from datasets.ingest.chsims_folder import video_of
from datasets.ingest.rows import BadRow, ClipRow, ClipTable, Rejected, checked_id
from datasets.manifest import FrozenClip, Manifest, digest, read_manifest

MANIFEST = "manifest.json"


def read_our_manifest(folder: Path) -> Manifest | None:
    """What the export in this folder froze; None for a folder that is no export of ours."""
    path = folder / MANIFEST
    if not path.is_file():
        return None
    content = path.read_bytes()
    return read_manifest(content, sha256=digest(content))


def table_of(manifest: Manifest) -> ClipTable:
    """Rows of the manifest's clips, in its order; the line is the clip's place, from 1."""
    entries: list[ClipRow | Rejected] = []
    for line, clip in enumerate(manifest.clips, start=1):
        try:
            entries.append(row_of(clip, line))
        except BadRow as bad:
            entries.append(bad.at(line, clip.name))
    return ClipTable.of(entries)


def row_of(clip: FrozenClip, line: int) -> ClipRow:
    """One clip with its labels, the scores behind them, and its video's digest; raises BadRow."""
    return ClipRow(
        line=line,
        video=video_of({"video_id": clip.video_id, "clip_id": clip.clip_id}),
        video_id=checked_id(clip.video_id, "video_id"),
        clip_id=checked_id(clip.clip_id, "clip_id"),
        transcript=clip.transcript,
        speaker=clip.speaker,
        scenario=clip.scenario,
        supervised=clip.supervised,
        given_split=str(clip.split or ""),
        labels=clip.labels,
        scores={
            modality: [
                {
                    "annotator": score.annotator,
                    "score": score.score,
                    "seconds": None if score.milliseconds is None else score.milliseconds / 1000,
                    "plays": score.plays,
                    "simulated": score.simulated,
                }
                for score in scores
            ]
            for modality, scores in clip.scores.items()
        },
        sha256=clip.media_sha256,
        seconds=clip.milliseconds / 1000,
    )
