"""Tables of modeling: feature sets, runs with their epochs and predictions, maps, sweeps."""

from modeling.models.features import FeatureSet, FeatureSetQuerySet
from modeling.models.runs import Epoch, Experiment, Prediction, Run, RunQuerySet
from modeling.models.sweeps import OBJECTIVES, PRUNERS, Sweep, SweepQuerySet, Trial, TrialQuerySet
from modeling.models.understanding import RepresentationMap

__all__ = [
    "OBJECTIVES", "PRUNERS", "Epoch", "Experiment", "FeatureSet", "FeatureSetQuerySet", "Prediction",
    "RepresentationMap", "Run", "RunQuerySet", "Sweep", "SweepQuerySet", "Trial", "TrialQuerySet",
]  # fmt: skip
