"""What a sweep improves, and when it gives a trial up."""

from enum import StrEnum


class Objective(StrEnum):
    """What a sweep improves, always on the validation split and for the recipe's main task."""

    MAE = "mae"  # mean absolute error: the same measure whatever the recipe weighs
    CORR = "corr"  # Pearson's r
    VALID_LOSS = "valid_loss"  # equation 10, which early stopping follows


HIGHER_IS_BETTER = frozenset({Objective.CORR})


class Pruner(StrEnum):
    """When a trial is stopped before its training ends by itself."""

    NONE = "none"
    MEDIAN = "median"  # its best epoch so far is worse than the median of the others' by then
    QUARTILE = "quartile"  # the same, of the best quarter
