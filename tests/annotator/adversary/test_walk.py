"""A curious annotator knocks at every door in every stage, and learns nothing but what the stage shows."""

import json
import re
from collections.abc import Iterator
from itertools import product
from uuid import UUID

import pytest
from django.apps import apps
from django.db.models import Model
from django.urls import get_resolver

from annotator.models import Membership
from annotator.preparing import Calibration
from annotator.services.preparation import change_preparation
from datasets.models import Clip
from datasets.vocabulary import Modality
from tests.annotator.adversary.world import BYTES, CLEAN, SPOKEN, advance
from tests.test_house_rules import ROUTES

pytestmark = pytest.mark.django_db
STAGES = [*Modality, None]  # None: everything is done
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
