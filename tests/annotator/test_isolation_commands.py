"""The commands of isolation: what the audit page shows and does, from the shell."""

import io

import pytest
from django.core.management import CommandError, call_command

from annotator.models import Audit, Rendition
from datasets.models import Job
from tests.annotator.test_commands import run
from tests.factories import make_campaign

pytestmark = pytest.mark.django_db


def test_audit_isolation_prints_verdicts_figures_and_what_is_withheld(project):
    campaign = make_campaign(project)
    for rendition in Rendition.objects.filter(modality="audio"):
        Audit.objects.create(rendition=rendition, passed=True, record={"voice": {"estoi": 0.2}})
    withheld = Rendition.objects.filter(modality="audio").first()
    Rendition.objects.filter(pk=withheld.pk).update(passed=False)
    report = run("audit_isolation", "--campaign", campaign.name)
    assert report["mode"] == "default"
    assert report["verdicts"][0] == {"modality": "audio", "passed": 1, "overruled": 0, "withheld": 1, "missing": 0}
    assert [figure["name"] for figure in report["figures"]] == ["estoi"]
    assert [row["rendition"] for row in report["withheld"]] == [str(withheld.pk)]
    assert report["transcripts"] == {"not_reviewed": 2, "flagged": []}
    run("overrule_audit", "--rendition", str(withheld.pk), "--reason", "Not a word can be heard.")
    assert run("audit_isolation", "--campaign", campaign.name)["withheld"] == []
    words = io.StringIO()
    call_command("audit_isolation", "--campaign", campaign.name, stdout=words)
    assert "1 passed, 1 overruled, 0 withheld" in words.getvalue()


def test_change_isolation_queues_renditions_of_another_kind(project):
    campaign = make_campaign(project)
    changed = run("change_isolation", "--campaign", campaign.name, "--mode", "low_pass", "--change", '{"cutoff": 300}')
    campaign.refresh_from_db()
    assert changed["digest"] == campaign.isolation_digest
    assert Job.objects.filter(parent=changed["job"]).count() == 2


def test_draw_regions_shows_and_replaces_the_boxes_of_a_source(project):
    source = make_campaign(project).campaign_clips.first().clip.source
    named = ("draw_regions", "--project", project.name, "--source", source.video_id)
    assert run(*named)["boxes"] == []
    drawn = run(*named, "--boxes", "[[0.1, 0.8, 0.9, 0.95]]")
    assert drawn["boxes"] == [{"left": 0.1, "top": 0.8, "right": 0.9, "bottom": 0.95}]
    assert Job.objects.filter(pk=drawn["job"], kind="make_renditions").exists()
    for wrong in ("nonsense", "[[0.9, 0.8, 0.1, 0.95]]", "[[0, 0, 2, 1]]"):
        with pytest.raises(CommandError, match="box"):
            run(*named, "--boxes", wrong)


def test_review_transcripts_lists_and_reviews(project, admin):
    campaign = make_campaign(project)
    clip = campaign.campaign_clips.first().clip
    named = ("review_transcripts", "--campaign", campaign.name)
    assert run(*named)["waiting"] == 2
    left = run(*named, "--clip", str(clip.pk), "--reviewer", admin.username, "--transcript", "真的吗")
    assert left["waiting"] == 1
    clip.refresh_from_db()
    assert clip.transcript == "真的吗"
    with pytest.raises(CommandError, match="nobody"):
        run(*named, "--clip", str(clip.pk), "--reviewer", "nobody")
