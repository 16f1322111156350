"""What the training process of a trial does: train, stop early when the trial is hopeless, keep its one value."""

from django.core.files.storage import default_storage

from modeling.corpus import TuningCorpus, open_tuning_corpus
from modeling.errors import RunFailed
from modeling.models import Run, Trial
from modeling.runner.execution import Attempt, begin_attempt, checkpoint_key, telling_failures
from modeling.trials import describe_running, final_value, study_of, tried


def execute_trial(run: Run, *, fence: int, parent: int) -> None:
    """Train a trial of a sweep as `execute` trains a run, but without the test split, predictions or weights."""
    trial = Trial.objects.select_related("sweep", "run").get(run=run)
    attempt = begin_attempt(run, fence=fence, parent=parent)
    with telling_failures(), open_tuning_corpus(run) as corpus:
        pruned_after = _train(trial, attempt, corpus)
    trial.value = None if pruned_after else final_value(trial)
    trial.pruned_after = pruned_after
    if not trial.has_ended:
        raise RunFailed(
            f"The {trial.sweep.objective} of this trial's validation predictions is undefined: they are all equal."
        )
    best = run.epochs.filter(is_best=True).order_by("-number").values_list("number", flat=True).first()
    with attempt.work.commit():
        trial.save(update_fields=["value", "pruned_after"])
        Run.objects.filter(pk=run.pk).update(best_epoch=best)
    default_storage.delete(checkpoint_key(run))


def _train(trial: Trial, attempt: Attempt, corpus: TuningCorpus) -> int | None:
    """Epoch after which the study gave the trial up; None when the training ended by itself."""
    study = study_of(trial.sweep)
    for epoch in attempt.epochs(corpus, attempt.device):
        if study.should_prune(describe_running(trial), tried(trial.sweep, but=trial)):
            return epoch.number
    return None
