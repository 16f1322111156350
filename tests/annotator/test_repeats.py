"""Clips that an annotator is shown twice: asked like any other, compared with the first time, no part of a label."""

from collections import Counter

import pytest

from annotator.errors import BadCampaign, CampaignNotOpen
from annotator.models import Annotation, Assignment, Campaign, Progress
from annotator.selectors.contested import contested_clip
from annotator.selectors.progress import campaign_counts, progress_of
from annotator.selectors.quality import quality_of
from annotator.selectors.queue import stage_queue
from annotator.services.aggregation import aggregate_campaign
from annotator.services.annotators import add_annotators
from annotator.services.campaigns import create_campaign
from annotator.services.figures import clips_so_far
from annotator.services.repeats import change_repeats
from annotator.services.states import close_campaign
from config.errors import Conflict
from datasets import jobs
from datasets.models import Event, Job, Label
from datasets.runner import work_once
from datasets.selectors.versions import manifest_of
from datasets.services import beginning
from datasets.services.versions import publish_version
from datasets.vocabulary import Modality
from tests.annotator.conftest import answer, next_assignment
from tests.annotator.test_aggregate_campaign import rate_everything
from tests.factories import make_campaign
from tests.score_tables import HEADER, import_text

pytestmark = pytest.mark.django_db
CLIPS, TWICE = 20, 2


@pytest.fixture
def campaign(project):
    """Twenty clips, of which each annotator meets two again in every stage."""
    return make_campaign(project, clips=CLIPS, annotators=3, repeats=0.1)


def walk_stage(member, modality=Modality.TEXT, score=lambda assignment: 1):
    """Answer a stage to its end; what the browser was told of each clip, and the assignments in that order."""
    told, answered = [], []
    while stage_queue(member, modality)["queue"]:
        told.append(stage_queue(member, modality)["queue"][0])
        assignment = next_assignment(member, modality)
        answer(assignment, score(assignment))
        answered.append(assignment)
    return told, answered


def test_a_share_of_each_stage_comes_twice_well_apart(member):
    for modality in Modality:
        order = list(member.assignments.filter(modality=modality).order_by("position"))
        assert [each.position for each in order] == list(range(1, CLIPS + TWICE + 1))
        twice = [clip for clip, count in Counter(each.clip_id for each in order).items() if count == 2]
        assert len(twice) == TWICE
        for clip in twice:
            first, again = (place for place, each in enumerate(order) if each.clip_id == clip)
            assert (order[first].is_repeat, order[again].is_repeat) == (False, True)
            assert again - first > 10


def test_nothing_that_an_annotator_is_told_sets_a_repeat_apart(member):
    told, answered = walk_stage(member)
    assert len(told) == CLIPS + TWICE
    assert len({entry["assignment"] for entry in told}) == len(told)
    assert {tuple(sorted(entry)) for entry in told} == {("assignment", "position", "reading_seconds", "transcript")}
    assert [entry["position"] for entry in told] == list(range(1, CLIPS + TWICE + 1))
    assert sum(each.is_repeat for each in answered) == TWICE


def test_a_stage_is_done_when_its_repeats_are_answered_too(member):
    for _ in range(CLIPS + TWICE - 1):
        answer(next_assignment(member))
    assert stage_queue(member, Modality.TEXT)["state"] == "open"
    answer(next_assignment(member))
    assert next_assignment(member, Modality.AUDIO)
    kept = Progress.objects.get(membership=member, modality=Modality.TEXT)
    assert (kept.done, kept.total) == (CLIPS + TWICE, CLIPS + TWICE)


def opposite_when_repeated(campaign):
    """Three everywhere, and the opposite where a clip comes again."""
    rate_everything(campaign)
    Annotation.objects.filter(assignment__is_repeat=False).update(score=3)
    Annotation.objects.filter(assignment__is_repeat=True).update(score=-3)


def test_only_the_first_answer_makes_labels_figures_and_versions(campaign, project):
    opposite_when_repeated(campaign)
    settled = aggregate_campaign(campaign=campaign)
    assert (settled.labels, settled.incomplete) == (4 * CLIPS, 0)
    assert set(Label.objects.values_list("fifths", flat=True)) == {5}
    assert all(len(label.scores) == 3 for label in Label.objects.all())
    assert all(len(given) == 3 for clip in clips_so_far(campaign) for given in clip.scores.values())
    manifest = manifest_of(publish_version(project=project, seed=1).version)
    assert {(s.score, len(given)) for clip in manifest.clips for given in clip.scores.values() for s in given} == {
        (3, 3)
    }


def test_labels_do_not_wait_for_repeats(campaign):
    rate_everything(campaign)
    Assignment.objects.repeats().update(current=None)
    assert aggregate_campaign(campaign=campaign).incomplete == 0


def test_agreement_and_portraits_are_of_first_answers(campaign):
    opposite_when_repeated(campaign)
    quality = quality_of(campaign)
    assert {row["answers"] for row in quality["portraits"]} == {CLIPS}
    assert {row["bias"] for row in quality["portraits"]} == {0}
    assert {row["complete"] for row in quality["agreement"]} == {CLIPS}


def test_the_quality_tells_how_alike_the_two_answers_are(member, campaign):
    walk_stage(member, score=lambda assignment: -2 if assignment.is_repeat else 1)
    rows = {(row["pseudonym"], row["modality"]): row for row in quality_of(campaign)["repeats"]}
    mine = rows[member.pseudonym, Modality.TEXT]
    assert (mine["asked"], mine["pairs"], mine["exact"], mine["mean_difference"]) == (TWICE, TWICE, 0.0, 3.0)
    assert rows[member.pseudonym, Modality.AUDIO]["pairs"] == 0
    assert rows[member.pseudonym, Modality.AUDIO]["asked"] == TWICE


def test_a_repeat_without_a_score_is_no_pair(member, campaign):
    _, answered = walk_stage(member)
    (again, _) = [each for each in answered if each.is_repeat]
    Annotation.objects.filter(assignment=again).update(score=None, reason="technical")
    (row,) = [
        row
        for row in quality_of(campaign)["repeats"]
        if (row["pseudonym"], row["modality"]) == (member.pseudonym, Modality.TEXT)
    ]
    assert row["pairs"] == TWICE - 1


def test_an_imported_score_goes_to_the_first_time(campaign, member):
    again = member.assignments.filter(is_repeat=True, modality=Modality.TEXT).select_related("clip__source").first()
    line = f"{again.clip.source.video_id},{again.clip.clip_id},text,{member.annotator.username},2"
    report = import_text(campaign, f"{HEADER}\n{line}")
    assert report["added"] == 1
    again.refresh_from_db()
    assert again.current is None
    assert Assignment.objects.counting().get(membership=member, clip=again.clip, modality="text").current.score == 2


def test_the_page_of_a_clip_shows_both_answers_and_which_counts(campaign):
    opposite_when_repeated(campaign)
    again = Assignment.objects.repeats().filter(modality=Modality.VISION).first()
    found = contested_clip(campaign.campaign_clips.select_related("campaign", "clip__source").get(clip=again.clip))
    mine = [
        (row["score"], row["is_repeat"], row["counts"])
        for row in found["scores"]
        if (row["annotator"], row["modality"]) == (again.membership.pseudonym, Modality.VISION)
    ]
    assert mine == [(3, False, True), (-3, True, False)]
    assert {row["spread"] for row in found["modalities"]} == {0}


def test_counts_say_how_many_answers_are_repeats(campaign):
    counts = campaign_counts(campaign)
    assert (counts["assignments"], counts["repeats"]) == (3 * 4 * (CLIPS + TWICE), 3 * 4 * TWICE)
    assert progress_of(campaign)[0]["stages"]["text"]["total"] == CLIPS + TWICE


def test_an_eighth_asked_about_a_few_clips_meets_none_twice(campaign):
    few = set(campaign.campaign_clips.values_list("clip", flat=True)[:5])
    add_annotators(campaign=campaign, usernames=["eighth"], clips=few)
    assert not campaign.memberships.get(annotator__username="eighth").assignments.repeats().exists()


def test_a_campaign_has_five_in_a_hundred_unless_told_otherwise(project):
    make_campaign(project, clips=40)
    campaigns = {
        share: create_campaign(project=project, annotators=["a"], name=f"{share}", **options).campaign
        for share, options in ((0.05, {}), (0, {"repeats": 0}))
    }
    for share, campaign in campaigns.items():
        assert campaign.repeats == share
        assert campaign_counts(campaign)["repeats"] == 4 * round(share * 40)


@pytest.mark.parametrize("share", [-0.1, 0.6])
def test_a_share_off_bounds_is_refused(project, share):
    with pytest.raises(BadCampaign, match="lies from 0"):
        make_campaign(project, repeats=share)


# Changing the share -----------------------------------------------------------------------------------------------


def walk_in(member, modality):
    """Clips of a stage in their order, each with whether it comes again; positions have no gap."""
    rows = list(member.assignments.filter(modality=modality).order_by("position"))
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    return [(row.clip_id, row.is_repeat) for row in rows]


def firsts_of(walk):
    return [clip for clip, again in walk if not again]


@pytest.mark.parametrize("share", [0, 0.05, 0.3])
def test_another_share_gives_what_a_campaign_made_with_it_would_have(project, campaign, share):
    before = {member.pk: walk_in(member, Modality.AUDIO) for member in campaign.memberships.all()}
    job = change_repeats(campaign=campaign, share=share)
    assert (job.state, job.result["stages"]) == (Job.State.SUCCEEDED, 3 * 4)
    clips = list(campaign.campaign_clips.order_by("pk").values_list("clip", flat=True))
    same = create_campaign(
        project=project, annotators=[each.annotator.username for each in campaign.memberships.order_by("pk")],
        clips=clips, seed=campaign.seed, repeats=share, name="made so",
    ).campaign  # fmt: skip
    for member, made in zip(campaign.memberships.order_by("pk"), same.memberships.order_by("pk"), strict=True):
        walk = walk_in(member, Modality.AUDIO)
        assert walk == walk_in(made, Modality.AUDIO)
        assert firsts_of(walk) == firsts_of(before[member.pk])
        assert len(walk) == CLIPS + round(share * CLIPS)
        assert set(member.progress.values_list("total", flat=True)) == {len(walk)}


def test_the_clips_that_lie_before_somebody_keep_their_addresses(campaign, member):
    ahead = [entry["assignment"] for entry in stage_queue(member, Modality.TEXT)["queue"]]
    change_repeats(campaign=campaign, share=0.4)
    assert [entry["assignment"] for entry in stage_queue(member, Modality.TEXT)["queue"]] == ahead


def test_a_stage_that_was_begun_or_finished_keeps_its_repeats(campaign, member):
    walk_stage(member)
    answer(next_assignment(member, Modality.AUDIO))
    before = [walk_in(member, modality) for modality in (Modality.TEXT, Modality.AUDIO)]
    job = change_repeats(campaign=campaign, share=0)
    assert job.result["stages"] == 3 * 4 - 2
    assert [walk_in(member, modality) for modality in (Modality.TEXT, Modality.AUDIO)] == before
    assert len(walk_in(member, Modality.VISION)) == CLIPS
    assert stage_queue(member, Modality.AUDIO)["total"] == CLIPS + TWICE
    assert Annotation.objects.count() == CLIPS + TWICE + 1


def test_whoever_is_taken_in_later_gets_the_new_share(campaign):
    change_repeats(campaign=campaign, share=0.25)
    add_annotators(campaign=campaign, usernames=["eighth"])
    eighth = campaign.memberships.get(annotator__username="eighth")
    assert len(walk_in(eighth, Modality.TEXT)) == CLIPS + 5


def test_who_is_asked_about_a_few_clips_keeps_them_and_meets_none_twice(campaign):
    few = set(campaign.campaign_clips.values_list("clip", flat=True)[:5])
    add_annotators(campaign=campaign, usernames=["eighth"], clips=few)
    change_repeats(campaign=campaign, share=0.5)
    walk = walk_in(campaign.memberships.get(annotator__username="eighth"), Modality.TEXT)
    assert (set(firsts_of(walk)), len(walk)) == (few, 5)


def test_the_change_is_on_record_and_the_same_share_again_changes_nothing(campaign, admin):
    change_repeats(campaign=campaign, share=0.2, actor=admin)
    assert change_repeats(campaign=campaign, share=0.2).result["stages"] == 0
    first = Event.objects.filter(verb="changed repeats").earliest("pk")
    assert (first.actor, first.details["before"], first.details["after"]) == (admin, 0.1, 0.2)


def test_a_large_campaign_is_changed_by_a_job_that_can_be_cancelled_and_taken_up_again(campaign, monkeypatch):
    monkeypatch.setattr(beginning, "AT_ONCE", 0)
    job = change_repeats(campaign=campaign, share=0.3)
    assert job.state == Job.State.QUEUED
    with pytest.raises(Conflict, match="being given out"):
        change_repeats(campaign=campaign, share=0.4)
    with pytest.raises(Conflict, match="being given out"):
        add_annotators(campaign=campaign, usernames=["eighth"])
    jobs.cancel_job(job=job)
    assert campaign_counts(campaign)["repeats"] == 3 * 4 * TWICE
    change_repeats(campaign=campaign, share=0.3)
    work_once("media")
    assert campaign_counts(campaign)["repeats"] == 3 * 4 * 6


@pytest.mark.parametrize("share", [-0.1, 0.6])
def test_another_share_off_bounds_is_refused(campaign, share):
    with pytest.raises(BadCampaign, match="lies from 0"):
        change_repeats(campaign=campaign, share=share)
    assert Campaign.objects.get().repeats == 0.1


def test_a_closed_campaign_keeps_its_repeats(campaign):
    close_campaign(campaign=campaign)
    with pytest.raises(CampaignNotOpen):
        change_repeats(campaign=campaign, share=0)
