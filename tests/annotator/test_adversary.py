"""A curious annotator knocks at every door in every stage, and learns nothing but what the stage shows."""

import json
import re
from collections.abc import Iterator
from itertools import product
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Model
from django.urls import get_resolver

from annotator.models import Annotation, Audit, Campaign, Membership, Reference, Rendition
from annotator.preparing import Calibration
from annotator.selectors.contested import Order
from annotator.services.aggregation import aggregate_campaign
from annotator.services.preparation import change_preparation, set_reference
from annotator.services.questions import ContestedQuestion
from annotator.services.renditions import request_renditions
from annotator.shown import PLAYED
from annotator.tokens import address_for
from datasets.models import Clip, Event, Export, Project, Role, Source
from datasets.questions import unheard
from datasets.services.analyses import keep_answer
from datasets.services.exports import request_export
from datasets.services.versions import publish_version
from datasets.splitting import Grouping
from datasets.vocabulary import Modality
from modeling.models import Experiment, Prediction, Run, Sweep
from tests.annotator.conftest import finish_stage, try_out
from tests.factories import ClipFactory, LabelFactory, RenditionFactory, make_campaign
from tests.modeling.corpora import make_run
from tests.test_house_rules import ROUTES

pytestmark = pytest.mark.django_db
STAGES = [*Modality, None]  # None: everything is done
SPOKEN = "机密的话"
BYTES = {modality: f"<bytes of {modality}>".encode() for modality in Modality}
CLEAN = b"<bytes of the clean clip>"
# The tables that routes take ids of, by the word that a route begins with, or by the name of a further parameter.
TABLES = {
    "projects": ["Project"],
    "clips": ["Clip"],
    "sources": ["Source"],
    "analyses": ["Analysis"],
    "jobs": ["Job"],
    "versions": ["Version"],
    "exports": ["Export"],
    "assignments": ["Assignment", "others"],
    "campaigns": ["Campaign"],
    "renditions": ["Rendition"],
    "experiments": ["Experiment"],
    "runs": ["Run"],
    "sweeps": ["Sweep"],
}
TABLES_OF_PARAMETERS = {"campaign": ["Campaign"], "clip": ["Clip"], "other": ["Run"]}
# Names under which another annotator's answer, or an agreed label, could travel.
TELLING_KEYS = {"scores", "label", "labels", "fifths", "mean", "spread", "agreement", "pseudonym", "annotators"}


@pytest.fixture
def member(project) -> Membership:
    """The adversary, in a project that holds all there is: scores of others, labels, a version, jobs, events."""
    campaign = make_campaign(project, clips=3, annotators=4)
    refer_to_clips_outside(campaign)
    spy, *others = campaign.memberships.select_related("campaign", "annotator").order_by("pk")
    for number, clip in enumerate(Clip.objects.filter(project=project)):
        hide_everything_in(clip, number)
    for other in others:
        for modality in Modality:
            finish_stage(other, modality, score=-3)
    aggregate_campaign(campaign=campaign)
    request_renditions(project=project)
    publish_and_train(campaign)
    assert Event.objects.exists()
    return spy


def publish_and_train(campaign: Campaign) -> None:
    """Labels, two versions of them, and of each an export, a run with predictions and a sweep."""
    for place in campaign.campaign_clips.all():
        for modality in Modality:
            LabelFactory(clip=place.clip, modality=modality, fifths=-5)
    for seed in (1, 2):
        version = publish_version(project=campaign.project, seed=seed, grouping=Grouping.CLIP).version
        made, _ = request_export(version=version, include_media=False)
        Export.objects.filter(pk=made.pk).update(
            file=default_storage.save("exports/all.zip", ContentFile(CLEAN)), bytes=len(CLEAN), sha256="0" * 64
        )
        run = make_run(version)
        Run.objects.filter(pk=run.pk).update(experiment=Experiment.objects.create(version=version))
        Prediction.objects.bulk_create(
            Prediction(run=run, clip_id=row.clip_id, multimodal=-0.7, split=row.split) for row in version.rows.all()
        )
        Sweep.objects.create(
            version=version, recipe_name="paper", recipe=run.recipe, text=run.text, audio=run.audio, vision=run.vision,
            space=[], objective="mae", pruner="median", seed=1, trials_wanted=1,
        )  # fmt: skip
    question = ContestedQuestion(campaign, Order.SPREAD)
    keep_answer(question, question.compute(unheard), question.stamp())


def refer_to_clips_outside(campaign: Campaign) -> None:
    """A class standard and a calibration clip for every stage, each with words of its own for why."""
    source = Source.objects.get(project=campaign.project)
    for modality in Modality:
        for use in (Reference.Use.STANDARD, Reference.Use.CALIBRATION):
            clip = ClipFactory(source=source)
            for each in PLAYED:
                RenditionFactory(clip=clip, modality=each)
            set_reference(
                campaign=campaign, clip=clip.pk, modality=modality, use=use, score=1, reason=f"<why in {modality}>"
            )


def hide_everything_in(clip: Clip, number: int) -> None:
    """Give a clip, its source and its files names and bytes that can be searched for."""
    Source.objects.filter(pk=clip.source_id).update(video_id="secret_video")
    file = default_storage.save(f"clips/{clip.pk}.mp4", ContentFile(CLEAN))
    picture = default_storage.save(f"thumbnails/{clip.pk}.jpg", ContentFile(CLEAN))
    Clip.objects.filter(pk=clip.pk).update(
        clip_id=f"secret_clip_{number}", transcript=f"{SPOKEN}{number}", speaker="secret_speaker", file=file,
        thumbnail=picture, scenario="secret_scenario",
    )  # fmt: skip
    for rendition in Rendition.objects.filter(clip=clip):
        rendition.file = default_storage.save(f"renditions/{uuid4()}.mp4", ContentFile(BYTES[rendition.modality]))
        rendition.save()
        Audit.objects.create(rendition=rendition, passed=True, record={"text_before": [SPOKEN]})


def ids_of_everything(member: Membership) -> dict[str, set[str]]:
    """Every id in the database by table, as routes may take it."""
    found = {model.__name__: {str(pk) for pk in model.objects.values_list("pk", flat=True)} for model in our_models()}
    found["Assignment"] = {str(pk) for pk in member.assignments.values_list("pk", flat=True)}
    others = Membership.objects.exclude(pk=member.pk)
    found["others"] = {str(a) for m in others for a in m.assignments.values_list("pk", flat=True)}
    return found


def our_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in ("annotator", "datasets", "modeling")]


def paths(ids: dict[str, set[str]]) -> Iterator[str]:
    """Every route with every filling that can lead to something, and one that leads to nothing."""
    for route in ROUTES:
        names = re.findall(r"<uuid:(\w+)>", route)
        fillings = [ids_for(TABLES_OF_PARAMETERS.get(name) or TABLES[route.split("/")[1]], ids) for name in names]
        for filling in product(*fillings):
            path = re.sub(r"<uuid:\w+>", "{}", route).format(*filling)
            path = re.sub(r"<int:\w+>", "1", path).replace("<str:token>", "x").replace("<str:pseudonym>", "A2")
            for modality in list(Modality) if "modality>" in path else [""]:
                yield "/" + re.sub(r"<\w+:modality>", modality, path)


def ids_for(tables: list[str], ids: dict[str, set[str]]) -> list[str]:
    """The ids of these tables, and one of nothing."""
    return [each for table in tables for each in sorted(ids[table])] + [str(UUID(int=0))]


def advance(member: Membership, stage: Modality | None) -> None:
    """Bring the adversary to a stage, with one answer given in it."""
    for modality in Modality:
        if modality == stage:
            try_out(member, modality)
            return
        finish_stage(member, modality, score=1)


def everything_said(api, member: Membership) -> Iterator[tuple[str, int, str, bytes]]:
    """Path, status, headers and body of every GET, and of the media that the queues name."""
    asked = list(
        dict.fromkeys([*paths(ids_of_everything(member)), "/", "/work", "/api/nothing/", "/media/x/y/", "/x.mp4"])
    )
    while asked:
        path = asked.pop()
        response = api.get(path)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        yield path, response.status_code, json.dumps(dict(response.headers)), body
        if path.startswith("/api/my-work/"):
            asked += [url for url in re.findall(r"/media/[\w:-]+/", body.decode()) if url not in asked]


@pytest.mark.parametrize(
    ("stage", "behind"),
    [
        *((stage, "") for stage in STAGES),
        *((stage, "a calibration") for stage in (Modality.TEXT, Modality.AUDIO)),
        *((stage, "a check") for stage in (Modality.AUDIO, Modality.MULTIMODAL)),
    ],
)
def test_no_answer_to_any_question_tells_what_the_stage_does_not_show(api, member, stage, behind):
    """Of files, a stage gives its three clips and a class standard; before its calibration, that and a clip to rate.

    Before its check it gives the class standard alone.
    """
    advance(member, stage)
    if behind == "a check":
        Membership.objects.filter(pk=member.pk).update(checked=[])
    if behind == "a calibration":
        change_preparation(campaign=member.campaign, calibration={stage: Calibration(1, 0.5)})
    api.force_login(member.annotator)
    ids = ids_of_everything(member)
    unseen = {"secret_video", "secret_clip", "secret_speaker", "secret_scenario", "renditions/", "clips/"}
    unseen |= ids["Clip"] | ids["Rendition"] | ids["Source"] | ids["others"]
    unseen |= set(Clip.objects.values_list("sha256", flat=True))
    unseen |= {other.annotator.username for other in Membership.objects.exclude(pk=member.pk)}
    shows_words = stage in (Modality.TEXT, Modality.MULTIMODAL)
    heard = 0
    for path, status, headers, body in everything_said(api, member):
        if path == "/api/schema/" or path in ("/", "/work"):
            continue  # the same for everybody: the API's own words and the pages' code
        text = headers + body.decode(errors="replace")
        said = text + json.dumps(json.loads(body), ensure_ascii=False) if is_json(headers) else text
        told = {secret for secret in unseen if secret in said and secret not in path}
        assert not told, f"{path} ({status}) tells {told}"
        assert shows_words or SPOKEN not in said, f"{path} ({status}) tells the transcript in the {stage} stage"
        assert CLEAN not in body, path
        for modality in set(Modality) - {stage}:
            assert f"<why in {modality}>" not in said, f"{path} explains {modality} in the {stage} stage"
        for modality, content in BYTES.items():
            assert content not in body or modality == stage, f"{path} plays {modality} in the {stage} stage"
            heard += content in body
        if status == 200 and is_json(headers):
            assert not TELLING_KEYS & set(keys_in(json.loads(body))), path
    plays = stage in list(Modality)[1:]
    assert heard == ({"": 4, "a calibration": 2, "a check": 1}[behind] if plays else 0)


def is_json(headers: str) -> bool:
    return "application/json" in headers


def keys_in(found: object) -> Iterator[str]:
    """Every key at every depth."""
    if isinstance(found, dict):
        for key, value in found.items():
            yield str(key)
            yield from keys_in(value)
    elif isinstance(found, list):
        for value in found:
            yield from keys_in(value)


def test_the_walk_does_reach_what_it_must_not_see(api, member, admin):
    """The same walk as an admin finds all of it, so that silence means something."""
    api.force_login(admin)
    walk = list(everything_said(api, member))
    said = b"".join(body for _, _, _, body in walk)
    for secret in (SPOKEN.encode(), b"secret_video", b"secret_clip", CLEAN, BYTES[Modality.AUDIO]):
        assert secret in said or json.dumps(secret.decode()).strip('"').encode() in said
    opened = {kind_of(path) for path, status, _, _ in walk if status != 404}
    shut = {kind for path, *_ in walk if (kind := kind_of(path)) not in opened}
    # Nothing was left out by a job, and no run has ended; nothing is there at all; the rest is for who rates.
    nothing = {"/api/jobs/ID/rejected/", "/api/runs/ID/weights/", "/api/nothing/", "/media/x/y/"}
    assert {kind for kind in shut if not kind.startswith("/api/my-work/ID/")} == nothing


def kind_of(path: str) -> str:
    """A path without its ids."""
    return re.sub(r"[0-9a-f-]{36}", "ID", path)


def test_every_route_is_walked(member):
    walked = list(paths(ids_of_everything(member)))
    assert len(walked) > 300
    assert len(set(map(kind_of, walked))) >= len(ROUTES)
    assert get_resolver().resolve("/api/my-work/")


@pytest.mark.parametrize("stage", [Modality.VISION])
def test_no_request_of_any_kind_changes_anything_but_ones_own_answer(api, member, stage):
    advance(member, stage)
    api.force_login(member.annotator)
    before = snapshot()
    body = {"reason": "x", "name": "x", "transcript": "x", "boxes": [], "isolation": "default", "mode": "default"}
    for path in paths(ids_of_everything(member)):
        if path.startswith(("/api/session", "/api/my-work")):
            continue
        for method in (api.post, api.put, api.patch, api.delete):
            # Their own answers need a score, which is not among what is sent here.
            assert method(path, body, format="json").status_code in (400, 403, 404, 405), path
    assert snapshot() == before


def snapshot() -> dict[str, list[object]]:
    """Every row of ours."""
    return {model.__name__: sorted(map(str, model.objects.values_list())) for model in our_models()}


# What a well-known competitor lets through ----------------------------------------------------------------------------


def test_a_signed_up_person_cannot_delete_a_project(api, member, stranger):
    for user in (member.annotator, stranger):
        api.force_login(user)
        for project in Project.objects.filter(pk=member.campaign.project_id):
            assert api.delete(f"/api/projects/{project.pk}/").status_code in (403, 404, 405)
    assert Project.objects.filter(pk=member.campaign.project_id).exists()


def test_an_annotator_cannot_read_change_or_delete_anothers_answer(api, member):
    theirs = Annotation.objects.exclude(assignment__membership=member).first()
    api.force_login(member.annotator)
    url = f"/api/assignments/{theirs.assignment_id}/annotations/"
    new = {"score": 3, "idempotency_key": uuid4().hex}
    statuses = {
        getattr(api, verb)(url, new, format="json").status_code for verb in ("get", "post", "put", "patch", "delete")
    }
    assert statuses <= {404, 405}
    assert list(Annotation.objects.filter(assignment=theirs.assignment_id).values_list("pk", "score")) == [
        (theirs.pk, -3)
    ]


def test_a_clip_never_gets_more_answers_than_annotators(api, member, annotator):
    clip = member.assignments.first().clip
    api.force_login(annotator)  # of the project, and of no campaign
    for assignment in clip.assignments.filter(modality=Modality.TEXT):
        body = {"score": 1, "idempotency_key": uuid4().hex}
        assert api.post(f"/api/assignments/{assignment.pk}/annotations/", body, format="json").status_code == 404
    assert clip.assignments.filter(modality=Modality.TEXT).count() == 4
    Role.objects.filter(user=member.annotator).delete()
    api.force_login(member.annotator)
    own = member.assignments.filter(modality=Modality.TEXT).first()
    body = {"score": 1, "idempotency_key": uuid4().hex}
    assert api.post(f"/api/assignments/{own.pk}/annotations/", body, format="json").status_code == 404


@pytest.mark.parametrize("score", [99, -4, 4, None, "", "good", 1.5, [], {}])
def test_a_score_off_the_scale_or_an_empty_answer_is_refused(api, member, score):
    api.force_login(member.annotator)
    own = member.assignments.filter(modality=Modality.TEXT).first()
    for body in ({"score": score, "idempotency_key": uuid4().hex}, {"idempotency_key": uuid4().hex}, {}, None):
        assert api.post(f"/api/assignments/{own.pk}/annotations/", body, format="json").status_code == 400
    assert not own.annotations.exists()


def test_a_repeated_post_makes_no_second_row(api, member):
    api.force_login(member.annotator)
    own = member.assignments.filter(modality=Modality.TEXT).first()
    body = {"score": 2, "seconds": 30, "plays": 0, "idempotency_key": uuid4().hex}
    answers = [api.post(f"/api/assignments/{own.pk}/annotations/", body, format="json") for _ in range(5)]
    assert [each.status_code for each in answers] == [201, 200, 200, 200, 200]
    assert len({each.json()["annotation"] for each in answers}) == 1
    assert own.annotations.count() == 1


def test_the_queue_of_the_picture_stage_holds_ids_and_addresses_alone(api, member):
    advance(member, Modality.VISION)
    api.force_login(member.annotator)
    queue = api.get(f"/api/my-work/{member.campaign_id}/vision/").json()["queue"]
    assert len(queue) == 3
    assert {key for entry in queue for key in entry} == {"assignment", "position", "media_url", "expires_at"}


def test_an_address_of_another_stage_opens_nothing_in_any_stage(api, member):
    """Only the last answer, which may still be taken back, can be played again."""
    api.force_login(member.annotator)
    last = None
    for stage in Modality:
        try_out(member, stage)
        for assignment in member.assignments.exclude(pk=last):
            status = api.get(address_for(member.annotator_id, assignment.pk).url).status_code
            assert (status == 200) == (assignment.modality == stage != Modality.TEXT), (stage, assignment.modality)
        last = finish_stage(member, stage)[-1].assignment_id
