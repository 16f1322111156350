"""How near annotators come to clips whose score is known."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Hits:
    """One annotator's gold clips in one stage; None where none was rated."""

    clips: int
    hits: int  # within the tolerance
    share: float | None
    mean_distance: float | None  # absolute, in points of the scale


def count_hits(pairs: Iterable[tuple[int, int]], tolerance: int) -> Hits:
    """Of (score given, score of reference), those that lie no farther apart than the tolerance.

    >>> count_hits([(3, 3), (1, 2), (-2, 1)], tolerance=1)
    Hits(clips=3, hits=2, share=0.6666666666666666, mean_distance=1.3333333333333333)
    """
    distances = [abs(given - reference) for given, reference in pairs]
    hits = sum(distance <= tolerance for distance in distances)
    if not distances:
        return Hits(0, 0, None, None)
    return Hits(len(distances), hits, hits / len(distances), sum(distances) / len(distances))
