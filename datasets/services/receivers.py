"""What other apps do for this one, which does not know them: keep ready features, tell how labels were isolated.

Each says so when it is ready.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from uuid import UUID

from datasets.formats.isolation import IsolationReport
from datasets.ingest.feature_files import Filled
from datasets.models import Project, Version
from datasets.vocabulary import Modality

# (version, modality, feature file, what was written into it) -> id of the feature set that keeps it
FeatureReceiver = Callable[[Version, Modality, Path, Filled], str]
_feature_receivers: list[FeatureReceiver] = []
# (project, clips by the origin of their labels) -> a report of each campaign among the origins
IsolationReporter = Callable[[Project, Mapping[str, Sequence[UUID]]], list[IsolationReport]]
_isolation_reporters: list[IsolationReporter] = []


def register_feature_receiver(receiver: FeatureReceiver) -> None:
    """Have a version's ready features handed to this function; called once."""
    if receiver not in _feature_receivers:
        _feature_receivers.append(receiver)


def feature_receivers() -> tuple[FeatureReceiver, ...]:
    """Those that were registered."""
    return tuple(_feature_receivers)


def register_isolation_reporter(reporter: IsolationReporter) -> None:
    """Have this function asked how the clips of a new version were isolated when they were rated; called once."""
    if reporter not in _isolation_reporters:
        _isolation_reporters.append(reporter)


def report_isolation(project: Project, settled_by: Mapping[str, Sequence[UUID]]) -> list[IsolationReport]:
    """What those that were registered know of the clips."""
    return [report for reporter in _isolation_reporters for report in reporter(project, settled_by)]
