"""Reads that join several tables: what a run learns from, and which feature sets it may take."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from uuid import UUID

from django.core.exceptions import ValidationError

from config.errors import NotFound
from datasets.ingest.feature_files import IMPORTED
from datasets.models import Version, VersionClip
from datasets.rows import as_key, read_rows
from datasets.vocabulary import Modality
from modeling.comparison.measuring import Scored
from modeling.error_analysis import CLASSES, PredictedClip, analyse_errors
from modeling.errors import FeaturesMissing, NotPredicted, RunUnfinished
from modeling.models import FeatureSet, Prediction, RepresentationMap, Run, Sweep, Trial
from modeling.recipes import Recipe
from modeling.sweeping.goal import HIGHER_IS_BETTER

FEATURES = (Modality.TEXT, Modality.AUDIO, Modality.VISION)


def find_version(version: str) -> Version:
    """The version with this id."""
    found = _by_id(Version, version)
    if not isinstance(found, Version):
        raise NotFound(f"There is no version with the id “{version}”; publish_version prints the ids of versions.")
    return found


def find_run(run: str) -> Run:
    """The run with this id."""
    found = _by_id(Run, run)
    if not isinstance(found, Run):
        raise NotFound(f"There is no run with the id “{run}”; train prints the ids of runs.")
    return found


def find_sweep(sweep: str) -> Sweep:
    """The sweep with this id."""
    found = _by_id(Sweep, sweep)
    if not isinstance(found, Sweep):
        raise NotFound(f"There is no sweep with the id “{sweep}”; sweep prints the ids of sweeps.")
    return found


def _by_id(model: type[Version] | type[Run] | type[Sweep], text: str) -> Version | Run | Sweep | None:
    try:
        return model._default_manager.filter(pk=UUID(text)).first()
    except (ValueError, ValidationError):
        return None


def best_trial(sweep: Sweep) -> Trial | None:
    """The finished trial with the best value, the earliest of equals."""
    by_value = "-value" if sweep.objective in HIGHER_IS_BETTER else "value"
    return sweep.trials.exclude(value=None).order_by(by_value, "number").first()


def feature_files(version: Version) -> dict[Modality, str]:
    """Storage keys of the newest complete feature set of each modality; what is missing is left out."""
    complete = FeatureSet.objects.complete().filter(version=version).order_by("created_at")
    return {Modality(each.modality): each.file for each in complete}


def pick_feature_sets(version: Version, extractors: Mapping[Modality, str | None]) -> dict[Modality, FeatureSet]:
    """The newest complete feature set of each of these modalities, by the named extractor where one is named."""
    picked = {}
    for modality, name in extractors.items():
        complete = FeatureSet.objects.complete().filter(version=version, modality=modality)
        if name:
            complete = complete.filter(extractor=name)
        feature_set = complete.order_by("-created_at").first()
        if feature_set is None:
            raise FeaturesMissing(what_is_missing(version, modality, name))
        picked[modality] = feature_set
    return picked


def what_is_missing(version: Version, modality: Modality, name: str | None) -> str:
    """That features are not there, and how to get them."""
    if name == IMPORTED:
        return f"Version {version.number} has no {modality} features that came with an import: name an extractor."
    by = f" by {name}" if name else ""
    return (
        f"Version {version.number} has no complete {modality} features{by}: extract them first with "
        f"`manage.py extract_features {version.pk} --{modality} {name or 'NAME'}`."
    )


def scored_runs(version: Version) -> list[Scored]:
    """The finished runs on a version, oldest first, as far as a comparison with the paper needs them."""
    needed = ("version", "recipe", "seed", "metrics", *FEATURES, *(f"{modality}__extractor" for modality in FEATURES))
    runs = version.runs.select_related(*FEATURES).only(*needed).order_by("created_at")
    finished = [(run, Recipe.from_dict(run.recipe), run.metrics["test"]) for run in runs if run.metrics]
    return [
        Scored(
            recipe=recipe,
            seed=run.seed,
            features={modality: each.extractor for modality, each in run.feature_sets.items()},
            metrics=tested[recipe.main_task],
        )
        for run, recipe, tested in finished
    ]


def attach_frozen_rows(version: Version, predictions: Iterable[Prediction]) -> list[Prediction]:
    """Predictions, each with `frozen`: its clip's row of the version, with labels and scores."""
    predictions = list(predictions)
    rows = VersionClip.objects.filter(version=version, clip__in=[each.clip_id for each in predictions])
    by_clip = {row.clip_id: row for row in rows}
    for prediction in predictions:
        prediction.frozen = by_clip[prediction.clip_id]  # type: ignore[attr-defined]  # read by the serializer alone
    return predictions


def attach_mapped_rows(version: Version, maps: Iterable[RepresentationMap]) -> list[RepresentationMap]:
    """Maps, each with `rows`: its clips' rows of the version, in the order of its points."""
    maps = list(maps)
    wanted = {clip for each in maps for clip in (each.result or {}).get("clips", [])}
    rows = {str(row.clip_id): row for row in VersionClip.objects.filter(version=version, clip__in=wanted)}
    for each in maps:
        each.rows = [rows[clip] for clip in (each.result or {}).get("clips", [])]  # type: ignore[attr-defined]  # for the serializer
    return maps


def scatter(run: Run, split: str) -> dict[str, object]:
    """Predictions and labels of a split as arrays: clips with their multimodal labels, then pairs of both by task.

    As JSON may hold it, since a split has tens of thousands of clips and somebody waits.
    """
    columns = ("clip_id", *Modality)
    predicted = list(read_rows(run.predictions.filter(split=split).order_by("pk").values_list(*columns)))
    frozen = VersionClip.objects.filter(version=run.version_id, split=split)
    labels = {cell: fifths for cell, *fifths in read_rows(frozen.values_list(*columns))}
    clips, *predictions = zip(*predicted, strict=True) if predicted else [()] * len(columns)
    true = [[in_range(fifths) for fifths in column] for column in zip(*(labels[cell] for cell in clips), strict=True)]
    truth = dict(zip(Modality, true or [[]] * len(Modality), strict=True))
    pairs: dict[str, object] = {
        "clips": [str(as_key(cell)) for cell in clips],
        "multimodal_labels": truth[Modality.MULTIMODAL],
    }
    for modality, column in zip(Modality, predictions, strict=True):
        if None not in column:  # a unimodal model does not predict the others
            pairs[modality.value] = {"prediction": [round(each, 4) for each in column], "truth": truth[modality]}
    return pairs


def in_range(fifths: int | None) -> float | None:
    """A stored label on its scale from -1 to 1."""
    return None if fifths is None else fifths / 5


def describe_errors(run: Run, task: Modality, split: str) -> dict[str, object]:
    """Where the run's prediction of a task errs on a split, by error_analysis."""
    found = asdict(analyse_errors(predicted_clips(run, task, split)))
    return {"task": str(task), "split": split, "classes": [str(each) for each in CLASSES], **found}


def check_predicted(run: Run, task: Modality) -> None:
    """Raise RunUnfinished before the run has predictions, NotPredicted when none of them is of the task."""
    if run.metrics is None:
        raise RunUnfinished(f"The run {run.pk} is {run.state} and has no predictions yet.")
    if task not in run.metrics["test"]:
        raise NotPredicted(f"The run {run.pk} does not predict {task}.")


def predicted_clips(run: Run, task: Modality, split: str) -> list[PredictedClip]:
    """The labelled clips of a split, each with the run's prediction of that task; RunUnfinished before it has any."""
    check_predicted(run, task)
    predicted = dict(run.predictions.filter(split=split).values_list("clip_id", task))
    rows = VersionClip.objects.filter(version=run.version_id, split=split).exclude(**{task: None}).order_by("order")
    return [
        PredictedClip(
            label=getattr(row, task) / 5,
            prediction=predicted[row.clip_id],
            scenario=row.clip.scenario,
            seconds=row.clip.seconds,
            scores=tuple(each["score"] for each in row.scores.get(task, [])),
        )
        for row in rows.select_related("clip")
    ]
