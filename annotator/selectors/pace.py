"""How one annotator gets on in a campaign: pace, time left, time since the last break, the last session."""

from typing import Any

from django.utils import timezone

from annotator.models import Annotation, Assignment, Membership
from annotator.pacing import BREAK_AFTER, Answered, clips_an_hour, last_session, work_since_break
from annotator.scheduling import open_stage
from annotator.selectors.work import stages_of

# More than anybody rates in one session.
LOOK_BACK = 2000


def pace_of(membership: Membership) -> dict[str, Any]:
    """Pace and seconds left are of the stage that is open; null where too few answers tell them."""
    answered = Assignment.objects.filter(membership=membership, current__isnull=False).order_by("-current_id")
    mine = answered.filter(current__origin=Annotation.Origin.BROWSER)
    rows = mine.values_list("current__created_at", "current__seconds", "batch", "modality")[:LOOK_BACK]
    everything = [(Answered(at, seconds or 0), (batch, modality)) for at, seconds, batch, modality in rows]
    latest = [each for each, _ in everything]
    opened = open_stage(stages_of(membership))
    here = [each for each, place in everything if opened and place == (opened.batch, opened.modality)]
    pace = clips_an_hour(here)
    return {
        "clips_an_hour": pace,
        "seconds_left": 3600 * (opened.total - opened.done) / pace if opened and pace else None,
        "work_seconds": work_since_break(latest, timezone.now()).total_seconds(),
        "break_after_seconds": BREAK_AFTER.total_seconds(),
        "last_session": last_session(latest),
    }
