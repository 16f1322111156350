"""Who keeps ready features that came with an import: the app that knows feature sets says so when it is ready."""

from collections.abc import Callable
from pathlib import Path

from datasets.ingest.feature_files import Filled
from datasets.models import Version
from datasets.vocabulary import Modality

# (version, modality, feature file, what was written into it) -> id of the feature set that keeps it
FeatureReceiver = Callable[[Version, Modality, Path, Filled], str]
_feature_receivers: list[FeatureReceiver] = []


def register_feature_receiver(receiver: FeatureReceiver) -> None:
    """Have a version's ready features handed to this function; called once."""
    if receiver not in _feature_receivers:
        _feature_receivers.append(receiver)


def feature_receivers() -> tuple[FeatureReceiver, ...]:
    """Those that were registered."""
    return tuple(_feature_receivers)
