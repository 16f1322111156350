"""What workers do for labeling: make a clip's renditions, audit them, keep both."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.storage import default_storage
from django.utils import timezone
from threadpoolctl import threadpool_limits

from annotator.clip_text import text_regions_of
from annotator.isolation.audit import Audit
from annotator.isolation.parameters import IsolationParameters
from annotator.isolation.rendition import Order, make_renditions, seed_from_hash
from annotator.models import Audit as AuditRow
from annotator.models import Rendition
from annotator.selectors.isolation import drawing_of
from annotator.selectors.renditions import served_modalities
from annotator.shown import PLAYED, SUFFIX
from config.sentences import Sentence, as_records, sentence
from datasets.media.command import MediaError
from datasets.media.storage import keep, local, sha256_of, workspace
from datasets.models import Clip, Job
from datasets.runner import Work, handles
from datasets.vocabulary import Modality


@handles("make_clip_renditions")
def make_clip_renditions(work: Work) -> dict[str, Any]:
    """Make what one clip lacks; renditions that passed are kept, failed ones are made again."""
    clip = Clip.objects.select_related("source").get(pk=work.payload["clip"])
    parameters = IsolationParameters.from_record(work.payload["isolation"])
    done = served_modalities(clip, parameters)
    missing = [modality for modality in PLAYED if modality not in done]
    failures: list[dict[str, Any]] = []
    # Parts are worked on side by side, one on each core: more threads of one would only wait for those of others.
    with local(clip.file) as file, workspace() as folder, threadpool_limits(1, user_api="blas"):
        drawn = drawing_of(clip.source) is not None
        seed = seed_from_hash(clip.sha256)
        order = Order(file, parameters, clip.transcript, seed, partial(text_regions_of, clip), drawn=drawn)
        for modality, path, audit in made_of(order, missing, folder, clip, work):
            findings = [audit.sentence] if isinstance(audit, MediaError) else keep_rendition(work, clip, path, audit)
            if findings:
                told = [finding.as_record() for finding in findings]
                failures.append({"clip": str(clip), "modality": modality.value, "findings": told})
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
            not_done = sentence("part_not_done", "The part was {state}.", state=part.state).as_record()
            broken = {"clip": part.payload["name"], "findings": as_records([part.said("error") or not_done])}
            failures += [broken | {"modality": modality.value} for modality in PLAYED]
    counts = {"made": made, "kept": kept, "passed": made + kept - len(failures), "failed": len(failures)}
    return {"renditions": counts, "failures": failures}


def made_of(
    order: Order, missing: Sequence[Modality], folder: Path, clip: Clip, work: Work
) -> Iterator[tuple[Modality, Path, Audit | MediaError]]:
    """What a clip lacks, made in a folder: each rendition's file with its audit, or why it could not be made."""

    def report(modality: Modality) -> None:
        work.progress(
            missing.index(modality),
            len(missing),
            sentence("making_rendition", "{modality} of {clip}", modality=modality, clip=str(clip)),
        )

    paths = {modality: folder / f"{modality}.{SUFFIX[modality]}" for modality in missing}
    audits = make_renditions(order, paths, report) if paths else {}
    return ((modality, paths[modality], audit) for modality, audit in audits.items())


def keep_rendition(work: Work, clip: Clip, path: Path, audit: Audit) -> Sequence[Sentence]:
    """Store a rendition with its audit; returns why it may not be served, nothing when it may."""
    facts: dict[str, Any] = {"sha256": sha256_of(path), "bytes": path.stat().st_size, "passed": audit.passed}
    # The key says nothing of the clip, and a file under its key is never replaced by another.
    facts["file"] = keep(path, f"renditions/{uuid4()}{path.suffix}")
    place: dict[str, Any] = {
        "clip": clip,
        "modality": audit.modality,
        "isolation_digest": audit.parameters.digest,
    }
    findings = {
        "passed": audit.passed,
        "findings": [finding.as_record() for finding in audit.findings],
        "record": audit.as_record(),
    }
    replaced = Rendition.objects.filter(**place).values_list("file", flat=True).first()
    with work.commit():
        rendition, _ = Rendition.objects.update_or_create(**place, defaults=facts | {"made_at": timezone.now()})
        AuditRow.objects.update_or_create(rendition=rendition, defaults=findings)
    if replaced:
        default_storage.delete(replaced)
    return audit.findings
