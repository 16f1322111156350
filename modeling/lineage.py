"""The feature sets and runs that stand on a version."""

from config.sentences import Sentence, sentence
from datasets.models import Version
from datasets.services.lineage import SHOWN, Relative, Relatives, name_of
from datasets.vocabulary import Modality
from modeling.models import FeatureSet, Run
from modeling.recipes import Model


def feature_sets_on(version: Version) -> Relatives:
    """Feature sets of a version, the newest first."""
    found = FeatureSet.objects.filter(version=version).select_related("job__created_by").order_by("-created_at")
    return Relatives(found.count(), [feature_set_relative(each) for each in found[:SHOWN]])


def feature_set_relative(feature_set: FeatureSet) -> Relative:
    """One feature set."""
    job = feature_set.job
    return Relative(
        str(feature_set.pk), feature_set.extractor, at=feature_set.created_at, state=feature_set.state,
        by=name_of(job.created_by if job else None), modality=Modality(feature_set.modality),
    )  # fmt: skip


def runs_on(version: Version) -> Relatives:
    """Runs on a version, the newest first, each with the feature sets that it reads."""
    found = Run.objects.filter(version=version).with_state().select_related("created_by").order_by("-created_at")
    return Relatives(found.count(), [run_relative(each) for each in found[:SHOWN]])


def run_relative(run: Run) -> Relative:
    """One run."""
    said = run_name(run)
    return Relative(
        str(run.pk), said.english, said.as_record(), at=run.created_at,
        by=name_of(run.created_by), state=run.state,
        on=[str(each.pk) for each in run.feature_sets.values()],
    )  # fmt: skip


def run_name(run: Run) -> Sentence:
    """A run by its model, recipe, learning and seed."""
    model, recipe, seed = Model(run.model), run.recipe_name, run.seed
    if run.semi:
        words = f"{model.called} ({{recipe}}, semi-supervised), seed {{seed}}"
        return sentence("run_semi", words, model=model, recipe=recipe, seed=seed)
    words = f"{model.called} ({{recipe}}), seed {{seed}}"
    return sentence("run_supervised", words, model=model, recipe=recipe, seed=seed)
