"""What workers do to find copies across splits: fingerprint the videos, then compare texts and fingerprints."""

from dataclasses import asdict
from typing import Any

from config.sentences import sentence
from datasets.media.command import MediaError
from datasets.media.fingerprint import fingerprint
from datasets.media.storage import local
from datasets.models import Clip, Version, VersionReport
from datasets.runner import Work, handles
from datasets.selectors.versions import manifest_of
from datasets.services.figures import figures_of_version
from datasets.versions.near_media import near_media
from datasets.versions.near_pairs import Near
from datasets.versions.near_texts import near_texts

PAIRS_KEPT = 500  # of each kind; counts are of all


@handles("fingerprint_clips")
def fingerprint_clips(work: Work) -> dict[str, Any]:
    """Give each clip its fingerprint; one whose video cannot be read stays without, and is counted in the end."""
    clips = list(Clip.objects.filter(pk__in=work.payload["clips"], fingerprint=""))
    for done, clip in enumerate(clips):
        work.progress(done, len(clips), sentence("looking_at", "Looking at {clip}", clip=str(clip)))
        try:
            with local(clip.file) as path:
                clip.fingerprint = fingerprint(path)
        except (MediaError, FileNotFoundError):
            continue
    with work.commit():
        Clip.objects.bulk_update(clips, ["fingerprint"])
    return {"clips": len(clips)}


@handles("search_leaks")
def search_leaks(work: Work) -> dict[str, Any]:
    """Compare every pair of clips in different splits, and store what is nearly the same.

    The version's figures are drawn first, so that nobody who looks at them later has to wait.
    """
    version = Version.objects.select_related("project").get(pk=work.payload["version"])
    work.progress(0, 3, sentence("drawing_figures", "Drawing figures"))
    figures_of_version(version=version)
    clips = [clip for clip in manifest_of(version).clips if clip.split]
    work.progress(1, 3, sentence("comparing_transcripts", "Comparing transcripts"))
    texts = near_texts(clips, most=PAIRS_KEPT)
    work.progress(2, 3, sentence("comparing_videos", "Comparing videos"))
    rows = version.rows.exclude(split="").exclude(clip__fingerprint="")
    fingerprints = {
        f"{video_id}$_${clip_id}": found
        for video_id, clip_id, found in rows.values_list("clip__source__video_id", "clip__clip_id", "clip__fingerprint")
    }
    media = near_media(clips, fingerprints, most=PAIRS_KEPT)
    leaks = {
        "transcripts": {"compared": len(clips), **near_facts(texts)},
        "media": {"compared": len(fingerprints), **near_facts(media)},
    }
    with work.commit():
        VersionReport.objects.filter(version=version, leaks__isnull=True).update(leaks=leaks)
    return {kind: found["found"] for kind, found in leaks.items()}


def near_facts(near: Near) -> dict[str, Any]:
    """What was found, as JSON."""
    pairs = [asdict(pair) | {"splits": [str(split) for split in pair.splits]} for pair in near.pairs]
    return {"found": near.found, "pairs": pairs}
