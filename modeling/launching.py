"""Hand a run to the ledger once everything that it reads is there."""

from config.sentences import sentence
from datasets.jobs import enqueue
from datasets.models import Version
from modeling.models import Run
from modeling.recipes import Model


def start_ready_runs(version: Version) -> None:
    """Enqueue the version's runs that waited for feature sets which are complete now.

    Call it in a transaction that holds the version's row, so that neither a run nor the completion of its features is
    overlooked by the other.
    """
    for run in Run.objects.filter(version=version).ready():
        run.job = enqueue(
            kind="train",
            title=sentence(
                "train",
                f"Train {Model(run.model).called} ({{recipe}}) on {{project}} {{number}}",
                model=run.model,
                recipe=run.recipe_name,
                project=version.project.name,
                number=version.number,
            ),
            queue="training",
            payload={"run": str(run.pk)},
            project=version.project,
            created_by=run.created_by,
        )
        run.save(update_fields=["job"])
