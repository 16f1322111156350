"""What a published version, and the cards made of it, tell of the audits behind its labels."""

import json

import pytest

from annotator.isolation.parameters import IsolationParameters
from annotator.models import Audit, Overruling, Rendition
from annotator.services.aggregation import aggregate_campaign
from annotator.services.isolation import overrule_audit
from datasets.formats.croissant import write_croissant
from datasets.formats.data_card import as_page, write_data_card
from datasets.selectors.versions import manifest_of
from datasets.services.exporting import card_of
from datasets.services.versions import publish_version
from tests.annotator.test_aggregate_campaign import rate_everything
from tests.factories import fill_project, make_campaign

pytestmark = pytest.mark.django_db


def audit_everything() -> None:
    """Voices of growing ESTOI and one other figure, by clip."""
    for number, rendition in enumerate(Rendition.objects.order_by("modality", "clip__order")):
        record = {"voice": {"estoi": 0.1 + number / 100, "f0_correlation": 0.96}, "tools": {"ffmpeg": "7.1"}}
        Audit.objects.create(
            rendition=rendition, passed=rendition.passed, record=record if rendition.modality == "audio" else {}
        )


@pytest.fixture
def campaign(project):
    """Six rated clips with four labels each; one silent video failed and was overruled, another is withheld."""
    campaign = make_campaign(project, clips=6, annotators=3)
    rate_everything(campaign)
    aggregate_campaign(campaign=campaign)
    overruled, withheld = Rendition.objects.filter(modality="vision").order_by("clip__order")[:2]
    Rendition.objects.filter(pk__in=[overruled.pk, withheld.pk]).update(passed=False, sha256="1" * 64)
    overruled.refresh_from_db()
    overrule_audit(rendition=overruled, reason="a <b>shop</b> sign, not speech")
    Rendition.objects.filter(modality="multimodal").first().delete()
    audit_everything()
    return campaign


def published(project):
    return publish_version(project=project, seed=1).version


def test_a_version_keeps_how_its_clips_were_isolated(campaign, project):
    (report,) = published(project).statistics["isolation"]
    assert (report["campaign"], report["mode"], report["method"]) == (campaign.name, "default", "tone_in_noise")
    assert report["digest"] == IsolationParameters().digest
    stages = {row.pop("modality"): row for row in report["stages"]}
    assert stages["audio"] == {"clips": 6, "passed": 6, "overruled": 0, "withheld": 0, "missing": 0}
    assert stages["vision"] == {"clips": 6, "passed": 4, "overruled": 1, "withheld": 1, "missing": 0}
    assert stages["multimodal"] == {"clips": 6, "passed": 5, "overruled": 0, "withheld": 0, "missing": 1}
    estoi = next(row for row in report["figures"] if row["name"] == "estoi")
    assert (estoi["clips"], estoi["median"], estoi["threshold"]) == (6, pytest.approx(0.125), 0.25)
    assert [row["name"] for row in report["figures"]] == ["estoi", "f0_correlation"]
    assert [(row["modality"], row["reason"]) for row in report["overrulings"]] == [
        ("vision", "a <b>shop</b> sign, not speech")
    ]
    assert report["tools"] == [{"ffmpeg": "7.1"}]


def test_what_is_audited_again_later_changes_no_version_and_makes_none(campaign, project):
    version = published(project)
    kept = version.statistics["isolation"]
    Overruling.objects.all().delete()
    Audit.objects.filter(rendition__modality="audio").update(record={"voice": {"estoi": 0.9}})
    assert published(project) == version
    version.refresh_from_db()
    assert version.statistics["isolation"] == kept


def test_only_the_campaign_that_settled_labels_is_told(campaign, project):
    make_campaign(project, name="another", clips=3)
    (report,) = published(project).statistics["isolation"]
    assert report["campaign"] == campaign.name


def test_imported_labels_are_isolated_in_no_way_that_is_known(project):
    fill_project(project)
    version = published(project)
    assert version.statistics["isolation"] == []
    assert "Not known here" in write_data_card(card_of(version, manifest_of(version), {}, False, {}))


def test_the_data_card_and_croissant_quote_the_figures(campaign, project):
    version = published(project)
    card = card_of(version, manifest_of(version), {}, False, {})
    text = write_data_card(card)
    assert "| vision | 6 | 4 (66.7 %) | 1 | 1 | 0 |" in text
    assert "| intelligibility (ESTOI) | 6 | 0.12 | 0.10 … 0.15 | at most 0.25 |" in text
    assert "a &lt;b>shop&lt;/b> sign, not speech" in text
    page = as_page(text, title="card").decode()
    assert "<td>4 (66.7 %)</td>" in page
    assert "<b>shop" not in page
    facts = json.loads(write_croissant(card, [], []))
    assert "audio 100.0 %, vision 66.7 %" in facts["rai:dataAnnotationProtocol"]
    assert "intelligibility (ESTOI) 0.12" in facts["rai:dataAnnotationProtocol"]
