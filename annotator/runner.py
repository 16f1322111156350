"""What workers do for labeling: make a clip's renditions, audit them, keep both."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.storage import default_storage
from django.db.models import Sum

from annotator.isolation.boxes import Box
from annotator.isolation.burned_text import Region, find_text_regions, regions_within
from annotator.isolation.parameters import IsolationParameters
from annotator.isolation.rendition import make_rendition, seed_from_hash
from annotator.models import Audit, Rendition
from annotator.selectors.isolation import drawing_of
from annotator.selectors.renditions import served_modalities
from annotator.shown import PLAYED, SUFFIX
from datasets.media.command import MediaError
from datasets.media.storage import keep, local, sha256_of, workspace
from datasets.models import Clip, Job, Source
from datasets.runner import Work, handles
from datasets.vocabulary import Modality

# A source is read once for all of its clips unless they are less than this share of it.
SHARE_WORTH_READING = 0.5


@handles("make_clip_renditions")
def make_clip_renditions(work: Work) -> dict[str, Any]:
    """Make what one clip lacks; renditions that passed are kept, failed ones are made again."""
    clip = Clip.objects.select_related("source").get(pk=work.payload["clip"])
    parameters = IsolationParameters.from_record(work.payload["isolation"])
    done = served_modalities(clip, parameters)
    missing = [modality for modality in PLAYED if modality not in done]
    failures = []
    with local(clip.file) as file:
        drawn = drawing_of(clip.source) is not None
        regions = text_regions_of(clip, parameters) if Modality.VISION in missing else None
        for number, modality in enumerate(missing):
            work.progress(number, len(missing), f"{modality} of {clip}")
            findings = make_and_keep(work, clip, file, modality, parameters, regions, drawn)
            if findings:
                failures.append({"clip": str(clip), "modality": modality.value, "findings": findings})
    return {"made": len(missing), "kept": len(done), "failures": failures}


@handles("make_renditions")
def sum_up_renditions(work: Work) -> dict[str, Any]:
    """Add up the parts' results; a part that broke is a failure of its clip in every stage."""
    made, kept = 0, int(work.payload["kept"])
    failures: list[dict[str, Any]] = []
    for part in work.job.children.order_by("created_at"):
        if part.state == Job.State.SUCCEEDED and part.result is not None:
            made, kept = made + part.result["made"], kept + part.result["kept"]
            failures += part.result["failures"]
        else:
            made += len(PLAYED)
            broken = {"clip": part.payload["name"], "findings": [part.error or f"The part was {part.state}."]}
            failures += [broken | {"modality": modality.value} for modality in PLAYED]
    counts = {"made": made, "kept": kept, "passed": made + kept - len(failures), "failed": len(failures)}
    return {"renditions": counts, "failures": failures}


def make_and_keep(
    work: Work,
    clip: Clip,
    file: Path,
    modality: Modality,
    parameters: IsolationParameters,
    regions: Sequence[Region] | None,
    drawn: bool,
) -> list[str]:
    """Make one rendition and store it with its audit; returns why it may not be served, nothing when it may."""
    suffix = SUFFIX[modality]
    with workspace() as folder:
        path = folder / f"rendition.{suffix}"
        try:
            seed = seed_from_hash(clip.sha256)
            audit = make_rendition(
                file, path, modality, parameters, clip.transcript, seed, text_regions=regions, drawn=drawn
            )
        except MediaError as error:
            return [error.message]
        facts: dict[str, Any] = {"sha256": sha256_of(path), "bytes": path.stat().st_size, "passed": audit.passed}
        # The key says nothing of the clip, and a file under its key is never replaced by another.
        facts["file"] = keep(path, f"renditions/{uuid4()}.{suffix}")
    place: dict[str, Any] = {"clip": clip, "modality": modality, "isolation_digest": parameters.digest}
    findings = {"passed": audit.passed, "findings": list(audit.findings), "record": audit.as_record()}
    replaced = Rendition.objects.filter(**place).values_list("file", flat=True).first()
    with work.commit():
        rendition, _ = Rendition.objects.update_or_create(**place, defaults=facts)
        Audit.objects.update_or_create(rendition=rendition, defaults=findings)
    if replaced:
        default_storage.delete(replaced)
    return list(audit.findings)


def text_regions_of(clip: Clip, parameters: IsolationParameters) -> list[Region] | None:
    """Burned-in text of the clip, as an admin drew it or from one reading of its whole source.

    None when the clip is to be read itself.
    """
    source = clip.source
    if drawing := drawing_of(source):
        return [Region(Box(**box), 0.0, clip.seconds) for box in drawing.boxes]
    if source.text_regions is None:
        if not is_worth_reading(source):
            return None
        with local(source.file) as file:
            found = find_text_regions(file, rate=parameters.sampling_rate)
        source.text_regions = [region.as_record() for region in found]
        Source.objects.filter(pk=source.pk).update(text_regions=source.text_regions)
    regions = [Region.from_record(record) for record in source.text_regions]
    return regions_within(regions, clip.start or 0.0, clip.end or 0.0)


def is_worth_reading(source: Source) -> bool:
    """Whether the source's file is there and its clips make up enough of it."""
    if not source.file or not source.seconds:
        return False
    covered = source.clips.aggregate(seconds=Sum("seconds"))["seconds"] or 0.0
    return bool(covered >= SHARE_WORTH_READING * source.seconds)
