"""Asking for the features of a version."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from config.errors import DomainError
from config.sentences import sentence
from datasets.jobs import Part, enqueue
from datasets.models import Job, Version, VersionClip
from datasets.people import record_event
from datasets.vocabulary import Modality
from modeling import feature_cache
from modeling.extractors import digest, extractor_for
from modeling.extractors.interface import Extractor, FittedExtractor
from modeling.models import FeatureSet


class NothingAskedFor(DomainError):
    """No extractor was named."""

    code = "nothing_asked_for"


@dataclass(frozen=True)
class Requested:
    """Feature sets that were asked for, and the jobs that make those which are not complete."""

    feature_sets: list[FeatureSet]
    jobs: list[Job]


def request_features(
    *, version: Version, extractors: Mapping[Modality, str], retry_failed: bool = False, actor: User | None = None
) -> Requested:
    """Feature sets of a version by these extractors; what is complete or under way is not made twice.

    With retry_failed, a complete feature set with failed clips is made anew beside the old one, which runs may have
    read: only those clips are extracted again.
    Raises NoSuchExtractor or ExtractorUnavailable before anything is queued.
    """
    if not extractors:
        raise NothingAskedFor("Name at least one extractor: text, audio or vision.")
    chosen = {modality: extractor_for(modality, name) for modality, name in extractors.items()}
    for extractor in chosen.values():
        extractor.check()
    with transaction.atomic():
        Version.objects.select_for_update().get(pk=version.pk)
        feature_sets = [_find_or_make(version, modality, each, retry_failed) for modality, each in chosen.items()]
        idle = [each for each in feature_sets if not each.is_complete and _is_idle(each)]
        if idle:
            job = _enqueue_extraction(version, idle, actor)
            FeatureSet.objects.filter(pk__in=[each.pk for each in idle]).update(job=job)
            for each in idle:
                each.job = job
    jobs = {each.job_id: each.job for each in feature_sets if each.job and not each.is_complete}
    return Requested(feature_sets, list(jobs.values()))


def _find_or_make(version: Version, modality: Modality, chosen: Extractor, retry_failed: bool) -> FeatureSet:
    """The latest attempt at these features, or a new one."""
    attempts = version.feature_sets.select_related("job").filter(modality=modality, digest=digest(chosen))
    latest = attempts.order_by("-attempt").first()
    if latest and not (retry_failed and latest.is_complete and latest.failures):
        return latest
    return FeatureSet.objects.create(
        version=version,
        modality=modality,
        extractor=chosen.name,
        settings=dict(chosen.settings),
        digest=digest(chosen),
        rate=chosen.rate,
        attempt=latest.attempt + 1 if latest else 1,
    )


def _is_idle(feature_set: FeatureSet) -> bool:
    return feature_set.job is None or feature_set.job.state in Job.ENDED


def _enqueue_extraction(version: Version, feature_sets: Iterable[FeatureSet], actor: User | None) -> Job:
    feature_sets = list(feature_sets)
    names = ", ".join(each.extractor for each in feature_sets)
    rows = list(version.rows.select_related("clip__source").order_by("order"))
    job = enqueue(
        kind="extract_features",
        title=sentence(
            "extract_features",
            "Extract {extractors} from {project} {number}",
            extractors=names,
            project=version.project.name,
            number=version.number,
        ),
        queue="features",
        payload={"feature_sets": [str(each.pk) for each in feature_sets]},
        parts=[part for each in feature_sets for part in _parts(each, rows)],
        project=version.project,
        created_by=actor,
    )
    record_event(verb="asked for features", subject=version, project=version.project, actor=actor, extractors=names)
    return job


def _parts(feature_set: FeatureSet, rows: Iterable[VersionClip]) -> list[Part]:
    """One part for each clip that was never extracted with these settings; what is fitted as a whole has none."""
    if isinstance(extractor_for(Modality(feature_set.modality), feature_set.extractor), FittedExtractor):
        return []
    cached = feature_cache.cached_hashes(feature_set)
    wanted = {feature_cache.input_hash(row, feature_set.modality): row for row in rows}
    return [
        Part(
            kind="extract_clip",
            title=sentence("extracting", "{extractor}: {clip}", extractor=feature_set.extractor, clip=str(row.clip)),
            payload={"feature_set": str(feature_set.pk), "row": row.pk, "input": hash_of_input},
        )
        for hash_of_input, row in wanted.items()
        if hash_of_input not in cached
    ]
