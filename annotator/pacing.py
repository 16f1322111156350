"""How fast somebody rates, how long since their last break, and when they last sat down; from times of answers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

# So many of the latest answers tell the pace of now; fewer than the least tell nothing.
RECENT_ANSWERS, LEAST_ANSWERS = 50, 5
# Away for so long one has rested; away for longer one has left.
BREAK, LEFT = timedelta(minutes=5), timedelta(minutes=30)
# Work after which a break does good.
BREAK_AFTER = timedelta(minutes=45)


@dataclass(frozen=True)
class Answered:
    """When an answer came, and the seconds of work that it took, without idle time."""

    at: datetime
    seconds: float

    @property
    def began(self) -> datetime:
        """When the work on it began, had it gone on without a pause."""
        return self.at - timedelta(seconds=self.seconds)


@dataclass(frozen=True)
class Session:
    """A time at work: from its first clip to its last answer."""

    began: datetime
    ended: datetime
    answers: int


def clips_an_hour(latest: Sequence[Answered]) -> float | None:
    """Pace over the most recent answers, newest first; None while they are too few to tell."""
    recent = latest[:RECENT_ANSWERS]
    worked = sum(each.seconds for each in recent)
    if len(recent) < LEAST_ANSWERS or not worked:
        return None
    return 3600 * len(recent) / worked


def until_pause(latest: Sequence[Answered], pause: timedelta) -> Iterator[Answered]:
    """The answers, newest first, back to the last time that nobody was at work for so long."""
    yield from latest[:1]
    for newer, older in pairwise(latest):
        if newer.began - older.at >= pause:
            return
        yield older


def work_since_break(latest: Sequence[Answered], now: datetime) -> timedelta:
    """Time at work, idle time left out, since the last break; none when one is under way.

    >>> noon = datetime(2026, 3, 1, 12)
    >>> work_since_break([Answered(noon, 90)], noon + BREAK)
    datetime.timedelta(0)
    """
    if latest and now - latest[0].at >= BREAK:
        return timedelta()
    return timedelta(seconds=sum(each.seconds for each in until_pause(latest, BREAK)))


def last_session(latest: Sequence[Answered]) -> Session | None:
    """The time at work that the latest answer belongs to; None when there is none."""
    answers = list(until_pause(latest, LEFT))
    if not answers:
        return None
    return Session(began=_earliest(answers), ended=answers[0].at, answers=len(answers))


def _earliest(answers: Iterable[Answered]) -> datetime:
    """Answers kept offline arrive together, so the first to arrive need not be the first to be begun."""
    return min(each.began for each in answers)
