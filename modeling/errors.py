"""What can go wrong with feature sets and runs."""

from config.errors import Conflict, DomainError


class FeaturesMissing(Conflict):
    """A run needs a feature set that is not there."""

    code = "features_missing"


class InvalidRecipe(DomainError):
    """A setting that no training can follow."""

    code = "invalid_recipe"


class RunUnfinished(Conflict):
    """The run has no result yet, or never will."""

    code = "run_unfinished"


class NotPredicted(Conflict):
    """The run's model does not predict this modality."""

    code = "not_predicted"


class RunFailed(DomainError):
    """The training process ended without a result."""

    code = "run_failed"


class CannotMap(DomainError):
    """Representations that have no map in a plane."""

    code = "cannot_map"


class CannotSwap(DomainError):
    """Words that cannot be joined with the voices and faces that were named."""

    code = "cannot_swap"


class TestSplitClosed(Conflict):
    """Tuning asked for the test split."""

    code = "test_split_closed"
    __test__ = False  # pytest takes classes of this name for tests


class InvalidSweep(DomainError):
    """A search that cannot be made."""

    code = "invalid_sweep"
