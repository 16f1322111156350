"""Extract the features of a version."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from config.commands import CuesetCommand
from datasets.models import Job
from datasets.runner import finish_here
from modeling.extractors import names_of
from modeling.models import FeatureSet
from modeling.selectors import FEATURES, find_version
from modeling.services.features import request_features


class Command(CuesetCommand):
    """One feature set for each modality that an extractor is named for."""

    help = "Extract the features of a version. Clips that were extracted before with the same settings are not again."

    def add_options(self, parser: CommandParser) -> None:
        """Version and extractors."""
        parser.add_argument("version", help="id of the version, as publish_version prints it")
        for modality in FEATURES:
            parser.add_argument(f"--{modality}", choices=names_of(modality), help=f"extractor of {modality} features")
        parser.add_argument(
            "--retry-failed", action="store_true", help="extract the failed clips of a complete feature set again"
        )
        parser.add_argument("--wait", action="store_true", help="do the work here if no worker does, and wait for it")

    def run(self, **options: Any) -> dict[str, Any]:
        """Ask for them; with --wait, see to it that they are made."""
        version = find_version(options["version"])
        extractors = {modality: options[modality] for modality in FEATURES if options[modality]}
        requested = request_features(version=version, extractors=extractors, retry_failed=options["retry_failed"])
        if options["wait"]:
            for job in requested.jobs:
                ended = finish_here(job, lambda job: self.say(f"{job.done} of {job.total} clips"))
                if ended.state != Job.State.SUCCEEDED:
                    raise CommandError(ended.error or f"The extraction is {ended.state}.")
        made = [FeatureSet.objects.select_related("job").get(pk=each.pk) for each in requested.feature_sets]
        return {
            "version": str(version.pk),
            "feature_sets": [_facts(each, version.rows.count()) for each in made],
            "job": str(requested.jobs[0].pk) if requested.jobs else None,
        }

    def describe(self, result: dict[str, Any]) -> str:
        """One line a feature set."""
        return "\n".join(
            f"{each['modality']} by {each['extractor']}: {each['state']}, {each['clips']} clips, "
            f"{each['frames'] or 0} frames of {each['dimension']} values, {len(each['failures'])} failed"
            for each in result["feature_sets"]
        )


def _facts(feature_set: FeatureSet, clips: int) -> dict[str, Any]:
    return {
        "id": str(feature_set.pk),
        "modality": feature_set.modality,
        "extractor": feature_set.extractor,
        "state": feature_set.state,
        "dimension": len(feature_set.columns),
        "frames": feature_set.frames,
        "clips": clips,
        "failures": feature_set.failures,
        **({"found": feature_set.found} if feature_set.found else {}),
    }
