"""Whether an annotator's scores wander from the others' as a stage goes on."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from annotator.quality.answers import Numbers, StageAnswers
from datasets.agreement import Estimate

WINDOWS = 10
FEWEST_ANSWERS = 20  # below these a slope tells nothing
WIDEST_QUANTILE = 0.975  # of a 95 % interval


@dataclass(frozen=True)
class Drift:
    """How the distance from the others changed from the first to the last answer, in points of the scale."""

    change: Estimate  # by a straight line through the distances, in the order in which answers were given
    windows: tuple[float, ...]  # mean distance in each tenth of the answers

    @property
    def is_certain(self) -> bool:
        """Whether the interval of the change leaves out zero."""
        return self.change.low > 0 or self.change.high < 0


def drifts(stage: StageAnswers) -> dict[str, Drift]:
    """Of every annotator with enough timed answers that others rated too; imported scores came in no order."""
    timed = np.where(np.isfinite(stage.seconds), stage.scores - stage.rest, np.nan)
    found = {}
    for column, name in enumerate(stage.annotators):
        distances = timed[np.argsort(stage.order[:, column]), column]
        distances = distances[np.isfinite(distances)]
        if len(distances) >= FEWEST_ANSWERS:
            found[name] = measure_drift(distances)
    return found


def measure_drift(distances: Numbers) -> Drift:
    """The drift in distances that stand in the order of time."""
    from scipy import stats  # only here, since it takes a second

    line = stats.linregress(np.linspace(0, 1, len(distances)), distances)
    reach = float(stats.t.ppf(WIDEST_QUANTILE, len(distances) - 2) * line.stderr)
    change = Estimate(float(line.slope), float(line.slope - reach), float(line.slope + reach))
    ends = np.linspace(0, len(distances), WINDOWS + 1).round().astype(int)
    return Drift(change, tuple(float(distances[first:last].mean()) for first, last in pairwise(ends)))
