import json

import pytest
from django.core.management import CommandError, call_command

from datasets.models import Clip, Event, Job, Label, Project, Version, VersionClip
from datasets.provenance import provenance_facts, read_provenance
from datasets.runner import finish_here
from datasets.selectors.versions import difference_between, manifest_of
from datasets.services.drafts import NothingToPublish
from datasets.services.exports import request_export
from datasets.services.labels import SettledLabel, record_labels
from datasets.services.provenance import describe_sources
from datasets.services.versions import WithdrawnVersion, preview_version, publish_version, withdraw_version
from datasets.splitting import CannotSplit, Grouping
from datasets.versions.difference import ProvenanceChange
from datasets.vocabulary import Modality, Split
from tests.factories import ClipFactory, LabelFactory, ProjectFactory, SourceFactory, fill_project


@pytest.fixture
def filled(project: Project) -> Project:
    """Twelve labelled clips of four sources, and two without labels."""
    return fill_project(project)


def labels_of(clip: Clip, fifths: int = 1, modalities: tuple[Modality, ...] = tuple(Modality)) -> None:
    rows = [
        SettledLabel(clip.pk, modality, fifths, [{"annotator": f"A{n}", "score": 1} for n in range(3)])
        for modality in modalities
    ]
    record_labels(project=clip.project, rows=rows, origin="campaign")


def test_a_version_freezes_clips_labels_scores_and_splits(filled: Project, admin) -> None:
    published = publish_version(project=filled, seed=1111, notes="first", author=admin)
    version = published.version
    assert published.created
    assert (version.number, version.seed, version.notes, version.created_by) == ("1.0.0", 1111, "first", admin)
    rows = list(version.rows.select_related("clip__source").order_by("order"))
    assert len(rows) == 14
    assert {row.split for row in rows if row.supervised} == set(Split)
    assert {row.split for row in rows if not row.supervised} == {""}
    row = next(row for row in rows if row.supervised)
    label = Label.objects.get(clip=row.clip, modality="audio")
    assert row.audio == label.fifths
    assert row.scores["audio"][0]["score"] == label.scores[0]["score"]
    assert (row.transcript, row.media_sha256) == (row.clip.transcript, row.clip.sha256)


def test_the_stored_manifest_has_the_hash_and_the_rows_of_the_version(filled: Project) -> None:
    version = publish_version(project=filled, seed=1).version
    clips = manifest_of(version).clips
    rows = version.rows.select_related("clip__source").order_by("order")
    assert [clip.name for clip in clips] == [str(row.clip) for row in rows]
    assert [clip.split or "" for clip in clips] == [row.split for row in rows]


def test_publishing_the_same_state_again_gives_the_same_version(filled: Project) -> None:
    first = publish_version(project=filled, seed=1)
    again = publish_version(project=filled, seed=1, notes="again")
    assert not again.created
    assert again.version == first.version
    assert Version.objects.count() == 1
    assert VersionClip.objects.count() == 14


def test_the_rule_behind_labels_is_part_of_the_hash_and_of_the_number(filled: Project) -> None:
    first = publish_version(project=filled, seed=1).version
    Label.objects.update(rule="trimmed_mean")
    assert publish_version(project=filled, seed=1).version == first
    Label.objects.update(rule="ewe")
    second = publish_version(project=filled, seed=1).version
    assert (manifest_of(first).aggregation, manifest_of(second).aggregation) == ("trimmed_mean", "ewe")
    assert (first.number, second.number) == ("1.0.0", "1.0.1")  # no label has changed


def test_a_version_of_two_campaigns_names_the_rules_of_both(filled: Project) -> None:
    Label.objects.filter(clip=filled.clips.filter(supervised=True).first()).update(rule="median")
    assert manifest_of(publish_version(project=filled, seed=1).version).aggregation == "median + trimmed_mean"


def test_the_same_state_in_another_project_has_the_same_hash(filled: Project) -> None:
    other = fill_project(ProjectFactory())
    hashes = {publish_version(project=project, seed=1).version.sha256 for project in (filled, other)}
    assert len(hashes) == 1


def test_a_version_does_not_change_with_its_project(filled: Project) -> None:
    version = publish_version(project=filled, seed=1).version
    clip = Clip.objects.filter(project=filled, supervised=True).first()
    labels_of(clip, fifths=-5)
    Clip.objects.update(transcript="changed")
    assert not version.rows.filter(transcript="changed").exists()
    assert all(clip.transcript != "changed" for clip in manifest_of(version).clips)


def test_changed_labels_make_a_major_and_added_clips_a_minor_version(filled: Project) -> None:
    first = publish_version(project=filled, seed=1).version
    ClipFactory(source=SourceFactory(project=filled), supervised=False)
    second = publish_version(project=filled, seed=1).version
    assert (second.number, second.parent) == ("1.1.0", first)
    Label.objects.filter(clip__project=filled, modality="text").update(fifths=5)
    assert publish_version(project=filled, seed=1).version.number == "2.0.0"


def test_added_clips_move_no_other_and_make_a_minor_version(filled: Project) -> None:
    first = publish_version(project=filled, seed=1).version
    for number in range(6):
        labels_of(ClipFactory(source=SourceFactory(project=filled), clip_id=f"n{number}"), fifths=number - 3)
    second = publish_version(project=filled, seed=1).version
    assert second.number == "1.1.0"
    before = dict(first.rows.values_list("clip", "split"))
    assert {clip: split for clip, split in second.rows.values_list("clip", "split") if clip in before} == before


def test_another_seed_splits_anew(project: Project) -> None:
    fill_project(project, sources=12)
    numbers = [publish_version(project=project, seed=seed).version.number for seed in range(4)]
    assert "2.0.0" in numbers


def test_taking_added_clips_back_leads_back_to_the_same_version(filled: Project) -> None:
    first = publish_version(project=filled, seed=1).version
    clip = ClipFactory(source=SourceFactory(project=filled), supervised=False)
    publish_version(project=filled, seed=1)
    VersionClip.objects.filter(clip=clip).delete()
    clip.delete()
    assert publish_version(project=filled, seed=1).version == first


def test_a_corrected_transcript_makes_a_patch(filled: Project) -> None:
    publish_version(project=filled, seed=1)
    Clip.objects.filter(clip_id="0001").update(transcript="改")
    assert publish_version(project=filled, seed=1).version.number == "1.0.1"


def test_a_withdrawn_version_keeps_its_content_and_says_why(filled: Project, admin) -> None:
    version = publish_version(project=filled, seed=1).version
    withdrawn = withdraw_version(version=version, reason="faces of minors", actor=admin)
    assert withdrawn.withdrawn_at is not None
    assert withdrawn.withdrawn_reason == "faces of minors"
    assert len(manifest_of(withdrawn).clips) == withdrawn.rows.count() == 14
    assert Event.objects.get(verb="withdraw_version").details["reason"] == "faces of minors"
    with pytest.raises(WithdrawnVersion, match=r"withdrawn already: faces of minors"):
        withdraw_version(version=version, reason="again")


def test_what_was_withdrawn_is_not_published_again_by_the_same_content(filled: Project) -> None:
    version = publish_version(project=filled, seed=1).version
    withdraw_version(version=version, reason="wrong videos")
    with pytest.raises(WithdrawnVersion, match=r"version 1\.0\.0, which was withdrawn \(wrong videos\)"):
        publish_version(project=filled, seed=1)
    labels_of(Clip.objects.filter(project=filled, supervised=True).first(), fifths=-5)
    assert publish_version(project=filled, seed=1).version.parent == version


def test_a_version_says_who_settled_its_labels(filled: Project) -> None:
    labels_of(ClipFactory(source=SourceFactory(project=filled)))
    assert publish_version(project=filled, seed=1).version.statistics["origins"] == {"campaign test": 12, "campaign": 1}


def test_a_clip_that_lacks_a_label_is_left_out_and_counted(filled: Project) -> None:
    clip = ClipFactory(source__project=filled)
    labels_of(clip, modalities=(Modality.TEXT, Modality.MULTIMODAL))
    version = publish_version(project=filled, seed=1).version
    assert not version.rows.filter(clip=clip).exists()
    assert version.statistics["left_out"] == {
        "clips": 1,
        "missing": {"text": 0, "audio": 1, "vision": 1, "multimodal": 0},
        "names": [str(clip)],
    }


def test_an_imported_multimodal_label_is_enough(project: Project) -> None:
    for split in Split:
        clip = ClipFactory(source__project=project, given_split=split)
        LabelFactory(clip=clip, fifths=2)
    version = publish_version(project=project, seed=1).version
    assert [(row.multimodal, row.text) for row in version.rows.all()] == [(2, None)] * 3


def test_an_imported_split_is_kept(filled: Project) -> None:
    Clip.objects.filter(project=filled, supervised=True).update(given_split=Split.TEST)
    version = publish_version(project=filled, seed=1).version
    assert set(version.rows.filter(supervised=True).values_list("split", flat=True)) == {"test"}


def test_no_labelled_clip_is_a_clear_error(project: Project) -> None:
    ClipFactory(source__project=project)
    with pytest.raises(NothingToPublish, match=r"No clip of “project.*nothing to publish"):
        publish_version(project=project, seed=1)


def test_clips_of_one_source_are_split_by_clip_and_the_leak_is_told(project: Project) -> None:
    source = SourceFactory(project=project)
    for clip in ClipFactory.create_batch(5, source=source):
        labels_of(clip)
    with pytest.raises(CannotSplit):
        publish_version(project=project, seed=1, grouping=Grouping.SOURCE)
    assert not Version.objects.exists()
    version = publish_version(project=project, seed=1).version
    assert manifest_of(version).grouping is Grouping.CLIP
    assert [leak["name"] for leak in version.statistics["leaks"]["sources"]] == [source.video_id]


def test_simulated_scores_mark_the_version(filled: Project) -> None:
    assert not publish_version(project=filled, seed=1).version.simulated
    label = Label.objects.filter(clip__supervised=True).first()
    label.scores = [{**label.scores[0], "simulated": True}, *label.scores[1:]]
    label.save()
    assert publish_version(project=filled, seed=1).version.simulated


def test_publishing_starts_a_run_where_the_project_wishes_one(filled: Project, admin) -> None:
    filled.train_on_publish = {"model": "avmc"}
    filled.save()
    version = publish_version(project=filled, seed=1, author=admin).version
    publish_version(project=filled, seed=1, author=admin)
    job = Job.objects.get(kind="train_on_publish")
    assert (job.kind, job.queue, job.created_by) == ("train_on_publish", "training", admin)
    assert job.payload == {"version": str(version.pk), "settings": {"model": "avmc"}}


def test_publishing_is_recorded(filled: Project, admin) -> None:
    version = publish_version(project=filled, seed=1, author=admin).version
    event = Event.objects.get(verb="publish_version")
    assert (event.subject, event.actor, event.details["sha256"]) == ("1.0.0", admin, version.sha256)


def test_a_preview_tells_what_publishing_would_do_and_writes_nothing(filled: Project) -> None:
    preview = preview_version(project=filled, seed=1)
    assert not Version.objects.exists()
    version = publish_version(project=filled, seed=1).version
    assert preview.draft is not None
    assert (preview.number, preview.draft.sha256) == (version.number, version.sha256)
    assert preview.draft.statistics == version.statistics
    assert preview_version(project=filled, seed=1).same_as == version


def test_a_preview_of_what_cannot_be_published_says_why(project: Project) -> None:
    preview = preview_version(project=project, seed=1)
    assert preview.error is not None
    assert preview.error.code == "nothing_to_publish"


def test_the_command_prints_one_json_object(filled: Project, capsys: pytest.CaptureFixture) -> None:
    call_command("publish_version", project=filled.name, seed=1111, as_json=True)
    result = json.loads(capsys.readouterr().out)
    version = Version.objects.get()
    assert (result["version"], result["sha256"], result["created"]) == (str(version.pk), version.sha256, True)
    assert (result["clips"], result["supervised"], result["unsupervised"], result["left_out"]) == (14, 12, 2, 0)
    assert sum(result["splits"].values()) == 12
    assert [row["split"] for row in result["table1"]] == ["train", "valid", "test", "all", "unsupervised"]


def test_the_command_fails_with_one_line(project: Project) -> None:
    with pytest.raises(CommandError, match="nothing to publish"):
        call_command("publish_version", project=project.name, seed=1)


def test_the_command_shows_table_1_to_people(filled: Project, capsys: pytest.CaptureFixture) -> None:
    call_command("publish_version", project=filled.name, seed=1111)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Version 1.0.0 published: ")
    assert lines[2].split() == ["split", "total", "NEG", "WNEG", "NEU", "WPOS", "POS"]
    assert lines[6].split()[:2] == ["all", "12"]
    assert lines[-1] == "Left out for lack of labels: 0"


def test_new_terms_make_a_patch_that_tells_what_is_said_otherwise(filled: Project) -> None:
    first = publish_version(project=filled, seed=1111).version
    source = filled.sources.order_by("video_id")[0]
    Project.objects.filter(pk=filled.pk).update(licence="CC BY 4.0")
    describe_sources(project=filled, terms={source.video_id: {"consent": "form 7"}})
    second = publish_version(project=filled, seed=1111).version
    assert (first.number, second.number) == ("1.0.0", "1.0.1")
    found = difference_between(first, second)
    assert list(found.provenance) == [
        ProvenanceChange("licence", "", "CC BY 4.0"),
        ProvenanceChange("consent", "", "form 7", source.video_id),
    ]
    assert not any(kind for name, kind in vars(found).items() if name != "provenance")
    sources = second.statistics["sources"]
    assert second.statistics["provenance"]["consents"] == [
        {"consent": "form 7", "sources": 1},
        *([{"consent": "", "sources": sources - 1}] if sources > 1 else []),
    ]
    assert read_provenance(provenance_facts(manifest_of(second).provenance)) == manifest_of(second).provenance


def test_an_export_tells_the_terms_under_which_its_version_was_published(filled: Project) -> None:
    Project.objects.filter(pk=filled.pk).update(licence="CC BY 4.0")
    version = publish_version(project=filled, seed=1111).version
    digests = []
    for licence in ("CC BY 4.0", "all rights reserved"):
        Project.objects.filter(pk=filled.pk).update(licence=licence)
        export, job = request_export(version=version, format="csv", include_media=False)
        assert finish_here(job).state == "succeeded", job.error
        export.refresh_from_db()
        digests.append(export.sha256)
    assert digests[0] == digests[1]
