"""The commands of labeling: one JSON object, one line on error."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from annotator.models import Annotation, Campaign
from annotator.selectors.contested import Order, contested_clips
from annotator.services.decisions import decide_label
from datasets.models import Job
from tests.annotator.test_aggregate_campaign import rate_everything
from tests.factories import ClipFactory, make_campaign

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> dict:
    out = io.StringIO()
    call_command(*arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_create_campaign_prints_counts_and_new_passwords(project):
    ClipFactory.create_batch(3, source__project=project)
    made = run("create_campaign", "--project", project.name, "--annotators", "li.na, wang", "--batch-size", "2")
    assert Campaign.objects.get().name == made["name"] == project.name
    assert (made["clips"], made["batches"], made["annotators"], made["assignments"]) == (3, 2, 2, 24)
    assert set(made["new_accounts"]) == {"li.na", "wang"}


def test_import_and_aggregate_print_their_reports(project, tmp_path):
    campaign = make_campaign(project, clips=1)
    clip = project.clips.select_related("source").get()
    table = tmp_path / "scores.csv"
    rows = [
        f"{clip.source.video_id},{clip.clip_id},{modality},{member.annotator.username},2"
        for member in campaign.memberships.all()
        for modality in ("text", "audio", "vision", "multimodal")
    ]
    table.write_text("video_id,clip_id,modality,annotator,score\n" + "\n".join([*rows, "x,1,text,y,1"]))
    report = run("import_annotations", str(table), "--campaign", campaign.name, "--simulated")
    assert (report["added"], [bad["line"] for bad in report["rejected"]]) == (12, [14])
    assert set(Annotation.objects.values_list("origin", flat=True)) == {"simulated"}
    settled = run("aggregate", "--campaign", campaign.name)
    assert (settled["labels"], settled["clips"], settled["incomplete"]) == (4, 1, 0)


def test_gold_clips_are_set_judged_and_told(project):
    campaign = make_campaign(project, clips=3)
    rate_everything(campaign)
    clip = project.clips.select_related("source").first()
    run(
        "set_reference", "--campaign", campaign.name, "--clip", f"{clip.source.video_id}/{clip.clip_id}",
        "--modality", "text", "--use", "gold", "--score", "1", "--reason", "plain words",
    )  # fmt: skip
    made = run("change_gold", "--campaign", campaign.name, "--tolerance", "6", "--counts", "no")
    assert (made["tolerance"], made["counts"]) == (6, False)
    gold = [row for row in run("campaign_quality", "--campaign", campaign.name)["gold"] if row["clips"]]
    assert [(row["modality"], row["share"]) for row in gold] == [("text", 1.0)] * 3
    out = io.StringIO()
    call_command("campaign_quality", "--campaign", campaign.name, stdout=out)
    assert "1 gold clips   hits  +1.00" in out.getvalue()


def test_contested_clips_are_listed_by_what_they_are_contested(project):
    campaign = make_campaign(project, clips=3)
    rate_everything(campaign)
    for order, figure in (("spread", "widest"), ("conflict", "conflict")):
        expected = [str(row["clip"]) for row in contested_clips(campaign, Order(order))]
        told = run("contested_clips", "--campaign", campaign.name, "--order", order)["clips"]
        assert [row["clip"] for row in told] == expected
        assert sorted((row[figure] for row in told), reverse=True) == [row[figure] for row in told]
    assert len(run("contested_clips", "--campaign", campaign.name, "--limit", "2")["clips"]) == 2
    with pytest.raises(CommandError, match="201"):
        run("contested_clips", "--campaign", campaign.name, "--limit", "201")


def test_contested_clips_are_told_in_words_with_what_is_decided(project, admin):
    campaign = make_campaign(project, clips=1)
    out = io.StringIO()
    call_command("contested_clips", "--campaign", campaign.name, stdout=out)
    assert out.getvalue() == "No clip has scores that could be compared yet.\n"
    rate_everything(campaign)
    decide_label(
        campaign=campaign, clip=project.clips.get().pk, modality="audio", fifths=-2, reason="irony", actor=admin
    )
    out = io.StringIO()
    call_command("contested_clips", "--campaign", campaign.name, stdout=out)
    head, text, audio, *_ = out.getvalue().splitlines()
    (row,) = contested_clips(campaign)
    assert head.startswith(f"{row['video_id']}$_${row['clip_id']}   widest spread {row['widest']:.2f}")
    assert text == f"  text         label {row['modalities'][0]['value']:+.1f}   " + (
        f"spread {row['modalities'][0]['spread']:.2f}"
    )
    assert audio.endswith("   decided -0.4")


def test_compare_rules_prints_every_stage_and_chooses(project):
    campaign = make_campaign(project, clips=3)
    rate_everything(campaign)
    report = run("compare_rules", "--campaign", campaign.name, "--choose", "ewe")
    assert (report["rule"], len(report["stages"])) == ("ewe", 4 * 4)
    assert run("aggregate", "--campaign", campaign.name)["rule"] == "ewe"
    out = io.StringIO()
    call_command("compare_rules", "--campaign", campaign.name, stdout=out)
    assert out.getvalue().startswith("Labels are made by ewe.")


def test_make_renditions_queues_or_waits(project):
    make_campaign(project)
    job = run("make_renditions", "--project", project.name)["job"]
    assert Job.objects.get(pk=job).state == Job.State.QUEUED
    waited = run("make_renditions", "--project", project.name, "--wait")
    assert waited["renditions"] == {"made": 0, "kept": 6, "passed": 6, "failed": 0}
    assert waited["failures"] == []


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["make_renditions", "--project", "nowhere"], "no project named “nowhere”"),
        (["create_campaign", "--project", "nowhere", "--annotators", "a"], "no project named “nowhere”"),
        (["aggregate", "--campaign", "nothing"], "no campaign named “nothing”"),
        (["import_annotations", "missing.csv", "--campaign", "nothing"], "no campaign named “nothing”"),
    ],
)
def test_what_is_not_there_is_one_clear_line(project, arguments, reason):
    with pytest.raises(CommandError, match=reason):
        call_command(*arguments)


def test_a_file_that_is_no_text_is_one_clear_line(project, tmp_path):
    campaign = make_campaign(project)
    (tmp_path / "scores.csv").write_bytes(b"\xff\xfe\x00")
    for name, reason in (("scores.csv", "neither UTF-8, UTF-16 nor GB18030"), ("missing.csv", "There is no file")):
        with pytest.raises(CommandError, match=reason):
            call_command("import_annotations", str(tmp_path / name), "--campaign", campaign.name)


def test_campaign_quality_prints_agreement_and_every_annotator(project):
    campaign = make_campaign(project)
    rate_everything(campaign)
    found = run("campaign_quality", "--campaign", campaign.name)
    assert len(found["agreement"]) == 4
    assert {row["pseudonym"] for row in found["portraits"]} == {"A1", "A2", "A3"}
    out = io.StringIO()
    call_command("campaign_quality", "--campaign", campaign.name, stdout=out)
    assert "ICC(2,3)" in out.getvalue()


def test_annotators_are_changed_and_added_by_command(project):
    campaign = make_campaign(project, annotators=4)
    rate_everything(campaign)
    who = ("--campaign", campaign.name, "--annotator", "A1", "--reason", "left")
    changed = run("change_annotator", *who, "--replace-by", "li")
    assert (changed["state"], set(changed["new_accounts"])) == ("excluded", {"li"})
    added = run("add_annotators", "--campaign", campaign.name, "--annotators", "eighth,ninth", "--contested", "1")
    assert (added["annotators"], added["clips"]) == (2, 1)


def test_a_label_is_decided_by_command(project):
    clip = make_campaign(project, name="c").campaign_clips.select_related("clip__source").first().clip
    name = f"{clip.source.video_id}/{clip.clip_id}"
    which = ("--campaign", "c", "--clip", name, "--modality", "audio", "--reason", "irony")
    assert run("decide_label", *which, "--label=-0.4")["label"] == -0.4
    for label in ("--label=0.3", "--label=high"):
        with pytest.raises(CommandError, match="off the grid"):
            run("decide_label", *which, label)
