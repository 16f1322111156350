"""Changing how many clips are shown twice, after a campaign was made.

The share holds for every stage that an annotator has not begun, and for whoever is taken in later. A stage that was
begun or finished keeps the repeats that it has: its annotator meets no clip again that was not meant to come again.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from annotator.errors import CampaignNotOpen
from annotator.models import Assignment, Campaign, Progress
from annotator.selectors.progress import unbegun_stages
from annotator.services.campaigns import check_repeats
from annotator.services.progress import set_total
from annotator.services.taking_in import batches_of, require_whole, walk_of
from config.sentences import sentence
from datasets.models import Job
from datasets.people import record_event
from datasets.services.beginning import begin
from datasets.vocabulary import Modality
from datasets.watching import Watch

KIND = "change_repeats"
# Rows that one statement moves; longer ones take SQLite longer to read than to do.
MOVED_AT_ONCE = 400
# (clip, whether it is its second time)
Visit = tuple[UUID, bool]


def change_repeats(*, campaign: Campaign, share: float, actor: User | None = None) -> Job:
    """Show another share of a stage's clips twice, from now on; few assignments are given out at once, many by a job.

    Raises BadCampaign, CampaignNotOpen, or Conflict while other assignments are being given out. The same share again
    finishes what a cancelled job has left.
    """
    check_repeats(share)
    if campaign.state == Campaign.State.CLOSED:
        raise CampaignNotOpen(f"“{campaign.name}” is closed: nobody is shown anything any more.")
    require_whole(campaign)
    with transaction.atomic():
        before, campaign.repeats = campaign.repeats, share
        campaign.save(update_fields=["repeats"])
        record_event(
            verb="changed repeats", subject=campaign.name, project=campaign.project, actor=actor,
            before=before, after=share,
        )  # fmt: skip
    return begin(
        rows=sum(unbegun_stages(campaign).values_list("total", flat=True)),
        kind=KIND,
        title=sentence("change_repeats", "Change the repeats of {campaign}", campaign=campaign.name),
        payload={"campaign": str(campaign.pk)},
        project=campaign.project,
        created_by=actor,
    )


def give_out_repeats(campaign: Campaign, *, watch: Watch) -> int:
    """Give every stage that was not begun the repeats of the campaign's share; tells how many stages were changed."""
    stages = list(unbegun_stages(campaign).select_related("membership").order_by("pk"))
    batches = batches_of(campaign, None)
    changed = 0
    for number, stage in enumerate(stages):
        watch.progress(
            number,
            len(stages),
            sentence(
                "stage_of", "{annotator}, {modality}", annotator=stage.membership.pseudonym, modality=stage.modality
            ),
        )
        with watch.commit():
            changed += walk_anew(campaign, stage, batches[stage.batch])
    return changed


def walk_anew(campaign: Campaign, stage: Progress, clips: Sequence[UUID]) -> bool:
    """Move a stage's assignments to where the campaign's share has them; False where it was begun, or has it already.

    In a transaction. The assignments are locked before it is looked whether one was answered, as answers do.
    """
    place = {"membership": stage.membership_id, "batch": stage.batch, "modality": stage.modality}
    rows = list(Assignment.objects.select_for_update().filter(**place).order_by("position"))
    there: Mapping[Visit, Assignment] = {(row.clip_id, row.is_repeat): row for row in rows}
    own = [clip for clip in clips if (clip, False) in there]  # some are asked about a few clips alone
    walk = walk_of(
        campaign, stage.membership.pseudonym, batch=stage.batch, modality=Modality(stage.modality), clips=own
    )
    wanted: Mapping[Visit, int] = {visit: position for position, visit in enumerate(walk, start=1)}
    if any(row.current_id for row in rows) or wanted == {visit: row.position for visit, row in there.items()}:
        return False
    Assignment.objects.filter(pk__in=[there[visit].pk for visit in there.keys() - wanted.keys()]).delete()
    moved = [there[visit] for visit in there.keys() & wanted.keys() if there[visit].position != wanted[visit]]
    for row in moved:
        row.position = wanted[row.clip_id, row.is_repeat]
    Assignment.objects.bulk_update(moved, ["position"], batch_size=MOVED_AT_ONCE)
    Assignment.objects.bulk_create(
        Assignment(membership=stage.membership, batch=stage.batch, modality=stage.modality, clip_id=clip,
                   is_repeat=is_repeat, position=wanted[clip, is_repeat])
        for clip, is_repeat in wanted.keys() - there.keys()
    )  # fmt: skip
    set_total(stage, len(walk))
    return True
