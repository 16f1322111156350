"""Campaigns for benchmarks of labeling, as rows: clips without files, renditions that passed, people signed in."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection, transaction

from annotator.foreign_scores import COLUMNS
from annotator.isolation.parameters import IsolationParameters
from annotator.models import Assignment, Campaign, Membership, Rendition
from annotator.services.calibration import record_check
from annotator.services.campaigns import create_campaign
from annotator.services.imports import import_annotations
from annotator.services.progress import recount
from annotator.shown import PLAYED
from datasets.models import Clip, Project, Source
from datasets.vocabulary import Modality

ROWS_AT_ONCE = 5000
# One statement gives out the assignments of a stage in the order of the clips: making them is not what is measured.
GIVE_OUT = """
    INSERT INTO annotator_assignment (id, membership_id, clip_id, modality, batch, position, is_repeat)
    SELECT {id}, m.id, c.id, %s, 1, c."order" + 1, FALSE FROM annotator_membership m, datasets_clip c
    WHERE m.campaign_id = %s AND c.project_id = %s AND c."order" > 0
"""
RANDOM_ID = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "gen_random_uuid()"}


def make_campaign(
    *, clips: int, annotators: int, stages: Sequence[str] | None = None
) -> tuple[str, list[dict[str, str]]]:
    """A campaign's id, and the cookies of its annotators; with `stages`, all but the first clip only in these."""
    call_command("migrate", verbosity=0)
    project = Project.objects.create(name=f"benchmark {uuid4().hex}")
    made = make_clips(project, clips)
    played = PLAYED if stages is None else [stage for stage in PLAYED if stage in stages]
    made_so = {"isolation_digest": IsolationParameters().digest, "file": "-", "sha256": "0" * 64, "bytes": 1}
    Rendition.objects.bulk_create(
        (Rendition(clip=clip, modality=modality, passed=True, **made_so) for clip in made for modality in played),
        batch_size=ROWS_AT_ONCE,
    )
    people = User.objects.bulk_create(User(username=uuid4().hex, password="!") for _ in range(annotators))
    chosen = None if stages is None else [made[0].pk]
    campaign = create_campaign(
        project=project, annotators=[person.username for person in people], clips=chosen, repeats=0
    ).campaign
    for stage in stages or ():
        give_out(campaign, stage)
    return str(campaign.pk), [sign_in(person) for person in people]


def make_clips(project: Project, count: int) -> list[Clip]:
    """Rows only."""
    source = Source.objects.create(project=project, video_id="video")
    clips = (
        Clip(
            project=project, source=source, clip_id=str(number), order=number, transcript=f"第{number}句话", file="-",
            sha256="0" * 64, seconds=3.0, width=640, height=360, frame_rate=25.0,
        )
        for number in range(count)
    )  # fmt: skip
    return Clip.objects.bulk_create(clips, batch_size=ROWS_AT_ONCE)


@transaction.atomic
def give_out(campaign: Campaign, stage: str) -> None:
    """Assignments of every clip but the first, which has them."""
    uuid = Campaign._meta.pk.get_db_prep_value
    keys = [uuid(key, connection) for key in (campaign.pk, campaign.project_id)]
    with connection.cursor() as cursor:
        cursor.execute(GIVE_OUT.format(id=RANDOM_ID[connection.vendor]), [stage, *keys])
    recount(campaign.memberships.all())


def sign_in(person: User) -> dict[str, str]:
    """The cookies of a session, without the half second that checking a password takes."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return {settings.SESSION_COOKIE_NAME: str(session.session_key), settings.CSRF_COOKIE_NAME: uuid4().hex}


def finish_text_stage(campaign: str) -> None:
    """Open the audio stage for everybody: import what is left of the text stage, and pass the check of sound."""
    left = Assignment.objects.filter(membership__campaign=campaign, modality=Modality.TEXT, current=None)
    rows = left.values_list("clip__clip_id", "membership__annotator__username")
    lines = [f"video,{clip},text,{username},0" for clip, username in rows]
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
        file.write("\n".join([",".join(COLUMNS), *lines]))
        file.flush()
        import_annotations(campaign=Campaign.objects.get(pk=campaign), path=Path(file.name))
    for member in Membership.objects.filter(campaign=campaign):
        record_check(membership=member, modality=Modality.AUDIO, passed=True, tries=1)
