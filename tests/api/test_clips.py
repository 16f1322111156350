"""Clips and sources over the API: what is listed, how it is filtered, and to whom it is shown."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from datasets.vocabulary import Modality
from tests.factories import ClipFactory, LabelFactory, SourceFactory

pytestmark = pytest.mark.django_db
BYTES = bytes(range(200))


@pytest.fixture
def source(project):
    return SourceFactory(project=project, video_id="talk")


@pytest.fixture
def stored_clip(source):
    """A clip whose media and thumbnail exist, though they are no real ones."""
    clip = ClipFactory(source=source)
    clip.file = default_storage.save("clips/stored.mp4", ContentFile(BYTES))
    clip.thumbnail = default_storage.save("thumbnails/stored.jpg", ContentFile(BYTES[:50]))
    clip.save()
    yield clip
    default_storage.delete(clip.file)
    default_storage.delete(clip.thumbnail)


def found(api, **filters):
    """Clip ids of the first page, in its order."""
    answer = api.get("/api/clips/", filters)
    assert answer.status_code == 200, answer.content
    return [row["clip_id"] for row in answer.json()["results"]]


def test_a_researcher_sees_clips_with_their_labels(api, researcher, source):
    clip = ClipFactory(source=source, thumbnail="thumbnails/x.jpg", start=1.0, end=4.0)
    LabelFactory(clip=clip, modality=Modality.TEXT, fifths=-3)
    LabelFactory(clip=clip, modality=Modality.MULTIMODAL, fifths=5)
    api.force_login(researcher)
    (row,) = api.get("/api/clips/").json()["results"]
    assert row["labels"] == {"text": -0.6, "audio": None, "vision": None, "multimodal": 1.0}
    assert (row["video_id"], row["start"], row["end"], row["seconds"]) == ("talk", 1.0, 4.0, 3.0)
    assert row["thumbnail_url"] == f"/api/clips/{clip.pk}/thumbnail/"
    assert "media_url" not in row


def test_one_clip_comes_with_its_media(api, researcher, source):
    clip = ClipFactory(source=source)
    api.force_login(researcher)
    row = api.get(f"/api/clips/{clip.pk}/").json()
    assert (row["media_url"], row["sha256"]) == (f"/api/clips/{clip.pk}/media/", clip.sha256)
    assert row["thumbnail_url"] is None
    assert not {"file", "scores"} & set(row)


def test_clips_can_be_filtered_by_every_listed_field(api, admin, source, project):
    other = SourceFactory(project=project, video_id="interview")
    happy = ClipFactory(source=source, clip_id="0001", transcript="我很高兴", speaker="李", scenario="家")
    ClipFactory(source=other, clip_id="0002", transcript="你好", speaker="王", scenario="街", supervised=False)
    LabelFactory(clip=happy, modality=Modality.AUDIO)
    api.force_login(admin)
    assert found(api, project=project.pk) == ["0001", "0002"]
    assert found(api, search="高兴") == ["0001"]
    assert found(api, search="INTER") == ["0002"]
    assert found(api, speaker="李") == ["0001"]
    assert found(api, scenario="街") == ["0002"]
    assert found(api, source=other.pk) == ["0002"]
    assert found(api, supervised="true") == ["0001"]
    assert found(api, supervised="false") == ["0002"]
    assert found(api, has_label="true") == ["0001"]
    assert found(api, has_label="false") == ["0002"]
    assert found(api, supervised="false", has_label="true") == []


@pytest.mark.parametrize("name", ["file", "project__roles__user", "source__file__startswith", "order"])
def test_a_filter_that_is_not_listed_is_refused(api, admin, name):
    api.force_login(admin)
    answer = api.get("/api/clips/", {name: "x"})
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "unknown_filter"


@pytest.mark.parametrize(("name", "value"), [("project", "x"), ("supervised", "perhaps"), ("source", "1")])
def test_a_filter_with_a_wrong_value_is_refused(api, admin, name, value):
    api.force_login(admin)
    assert api.get("/api/clips/", {name: value}).json()["error"]["code"] == "invalid"


def test_pages_follow_each_other_by_key_in_the_order_of_the_manifest(api, admin, source):
    for order in (4, 2, 0, 3, 1):
        ClipFactory(source=source, clip_id=str(order), order=order)
    api.force_login(admin)
    page, seen = api.get("/api/clips/?page_size=2").json(), []
    while True:
        seen += [row["clip_id"] for row in page["results"]]
        if not page["next"]:
            break
        page = api.get(page["next"]).json()
    assert seen == ["0", "1", "2", "3", "4"]


def test_a_page_costs_the_same_for_one_clip_and_for_fifty(api, admin, source, django_assert_num_queries):
    api.force_login(admin)
    LabelFactory(clip=ClipFactory(source=source))
    with django_assert_num_queries(4):
        assert len(found(api)) == 1
    for clip in ClipFactory.create_batch(49, source__project=source.project):
        LabelFactory(clip=clip)
    with django_assert_num_queries(4):
        assert len(found(api)) == 50


def test_facets_name_each_value_once(api, admin, source, project):
    ClipFactory.create_batch(2, source=source, speaker="李", scenario="家")
    ClipFactory(source=source, speaker="王")
    api.force_login(admin)
    assert api.get("/api/clips/facets/", {"project": project.pk}).json() == {
        "scenarios": ["家"],
        "speakers": ["李", "王"],
        "sources": [{"id": str(source.pk), "video_id": "talk"}],
    }


def test_sources_count_their_clips(api, admin, source, project, django_assert_num_queries):
    ClipFactory.create_batch(3, source=source)
    SourceFactory(project=project, video_id="a first one")
    api.force_login(admin)
    with django_assert_num_queries(4):
        rows = api.get("/api/sources/", {"project": project.pk}).json()["results"]
    assert [(row["video_id"], row["clips"]) for row in rows] == [("a first one", 0), ("talk", 3)]
    assert "file" not in rows[0]


def test_media_is_served_whole_and_in_part(api, admin, stored_clip):
    api.force_login(admin)
    path = f"/api/clips/{stored_clip.pk}/media/"
    whole = api.get(path, headers={"accept": "video/webm"})
    assert (whole.status_code, whole["Content-Type"], b"".join(whole.streaming_content)) == (200, "video/mp4", BYTES)
    part = api.get(path, headers={"range": "bytes=10-19"})
    assert (part.status_code, part["Content-Range"]) == (206, "bytes 10-19/200")
    assert b"".join(part.streaming_content) == BYTES[10:20]
    assert api.get(path, headers={"range": "bytes=200-"}).status_code == 416
    assert "Content-Disposition" not in whole


def test_a_thumbnail_may_be_kept_by_the_browser_alone(api, admin, stored_clip):
    api.force_login(admin)
    answer = api.get(f"/api/clips/{stored_clip.pk}/thumbnail/", headers={"accept": "image/*"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Cache-Control"] == "private, max-age=86400"
    assert b"".join(answer.streaming_content) == BYTES[:50]


def test_a_clip_without_thumbnail_answers_404(api, admin, source):
    api.force_login(admin)
    assert api.get(f"/api/clips/{ClipFactory(source=source).pk}/thumbnail/").status_code == 404


def test_media_that_storage_lost_is_named(api, admin, source):
    api.force_login(admin)
    answer = api.get(f"/api/clips/{ClipFactory(source=source).pk}/media/")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


@pytest.mark.parametrize("who", ["annotator", "stranger"])
def test_annotators_and_strangers_reach_no_clip_and_no_byte(api, request, who, stored_clip, project):
    api.force_login(request.getfixturevalue(who))
    assert found(api) == []
    for path in (
        f"/api/clips/?project={project.pk}",
        f"/api/clips/facets/?project={project.pk}",
        f"/api/sources/?project={project.pk}",
        f"/api/clips/{stored_clip.pk}/",
        f"/api/clips/{stored_clip.pk}/media/",
        f"/api/clips/{stored_clip.pk}/thumbnail/",
    ):
        answer = api.get(path)
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found"), path


def test_an_admin_of_two_projects_sees_each_apart(api, admin, source):
    elsewhere = ClipFactory()
    ClipFactory(source=source, clip_id="mine")
    elsewhere.project.roles.create(user=admin, kind="researcher")
    api.force_login(admin)
    assert found(api, project=elsewhere.project_id) == [elsewhere.clip_id]
    assert found(api, project=source.project_id) == ["mine"]
