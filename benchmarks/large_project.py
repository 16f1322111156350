"""A made project of 100,000 clips with labels, answers, renditions, versions and runs, all invented."""

import random
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

CLIPS_A_SOURCE = 30
ANNOTATORS = [f"A{number}" for number in range(1, 8)]
MODALITIES = ["text", "audio", "vision", "multimodal"]
PERSON = "benchmark-admin"
SHARE_RATED = 5  # one clip in this many has been given to annotators
LISTED = 3000  # jobs, and seven times as many events
EXPERIMENTS = 60  # of five runs each
EXPORTS = 100


def fill(clips: int) -> dict[str, str]:
    """Write every row past the services, but publish through them; ids by name."""
    from django.contrib.auth.models import User
    from django.db import transaction

    from datasets.models import Project, Role

    person = User.objects.create(username=PERSON)
    with transaction.atomic():
        project = Project.objects.create(name="benchmark")
        others = [Project.objects.create(name=f"other project {number}") for number in range(20)]
        for each in (project, *others):
            Role.objects.create(project=each, user=person, kind=Role.Kind.ADMIN)
        for number in range(50):
            user = User.objects.create(username=f"researcher-{number}")
            Role.objects.create(project=project, user=user, kind=Role.Kind.RESEARCHER)
        pks, sources = write_clips(project, clips)
        write_labels(pks)
        campaign, members = write_campaign(project, pks)
        write_answers(campaign, members, pks[::SHARE_RATED])
        write_calibrations(campaign, members, pks[:LISTED:CLIPS_A_SOURCE])
        write_renditions(campaign, pks[::SHARE_RATED], sources, person)
        write_jobs(project, person)
    first, second = publish(project)
    with transaction.atomic():
        run, other_run, experiment = write_runs(second)
    return {
        "project": str(project.pk), "campaign": str(campaign.pk), "source": str(sources[-1]), "clip": str(pks[0]),
        "first": str(first.pk), "version": str(second.pk), "run": str(run),
        "other_run": str(other_run), "experiment": str(experiment),
    }  # fmt: skip


def write_clips(project: Any, clips: int) -> tuple[list[UUID], list[UUID]]:
    """Clips and sources, by key, in their order."""
    from django.utils import timezone

    from datasets.models import Clip, Source
    from datasets.rows import write_rows

    now = timezone.now()
    sources = [uuid4() for _ in range(-(-clips // CLIPS_A_SOURCE))]
    names = ((key, f"video_{number:05d}") for number, key in enumerate(sources))
    same: dict[str, Any] = {"project": project.pk, "created_at": now}
    write_rows(Source, ["id", "video_id"], names, constant=same | {"file": "", "sha256": ""})
    pks = [uuid4() for _ in range(clips)]
    rows = (
        (
            key, sources[number // CLIPS_A_SOURCE], f"{number:06d}", number, f"第{number}句话，说的是今天的天气",
            f"speaker {number // CLIPS_A_SOURCE % 400}", f"scenario {number % 12}", number % 20 != 0, f"{number:064x}",
            1 + number % 9,
        )
        for number, key in enumerate(pks)
    )  # fmt: skip
    columns = [
        "id", "source", "clip_id", "order", "transcript", "speaker", "scenario", "supervised", "sha256", "seconds",
    ]  # fmt: skip
    shape = {"width": 640, "height": 360, "frame_rate": 25.0, "given_split": "", "file": "-", "thumbnail": "-"}
    write_rows(Clip, columns, rows, constant=same | shape | {"fingerprint": ""})
    return pks, sources


def scores_of(chance: random.Random) -> list[dict[str, Any]]:
    """Seven scores as labels keep them."""
    return [
        {"annotator": name, "score": chance.randint(-3, 3), "seconds": 3.2, "plays": 1, "simulated": True}
        for name in ANNOTATORS
    ]


def write_labels(pks: list[UUID]) -> None:
    """Four labels of every supervised clip; one in five with its scores."""
    from django.utils import timezone

    from datasets.models import Label
    from datasets.rows import write_rows

    chance = random.Random(1)
    rows = (
        (key, modality, chance.randint(-5, 5), scores_of(chance) if number % SHARE_RATED == 0 else [])
        for number, key in enumerate(pks)
        if number % 20
        for modality in MODALITIES
    )
    same = {"origin": "campaign benchmark", "settled_at": timezone.now(), "rule": ""}
    write_rows(Label, ["clip", "modality", "fifths", "scores"], rows, constant=same)


def write_campaign(project: Any, pks: list[UUID]) -> tuple[Any, dict[str, int]]:
    """A campaign of all clips, and its annotators."""
    from django.contrib.auth.models import User

    from annotator.isolation.parameters import IsolationParameters
    from annotator.models import Campaign, CampaignClip, Membership
    from datasets.rows import write_rows

    isolation = IsolationParameters()
    campaign = Campaign.objects.create(
        project=project, name="benchmark", batch_size=1000, seed=1, isolation=isolation.as_record(),
        isolation_digest=isolation.digest,
    )  # fmt: skip
    places = ((key, number // 1000) for number, key in enumerate(pks))
    write_rows(CampaignClip, ["clip", "batch"], places, constant={"campaign": campaign.pk})
    members = {}
    for name in ANNOTATORS:
        user = User.objects.create(username=f"annotator-{name}")
        members[name] = Membership.objects.create(campaign=campaign, annotator=user, pseudonym=name).pk
    return campaign, members


def write_answers(campaign: Any, members: dict[str, int], pks: list[UUID]) -> None:
    """Assignments of some clips to everybody, nine in ten answered, one answer in two hundred with a comment."""
    from django.db.models import OuterRef
    from django.utils import timezone

    from annotator.models import Annotation, Assignment, Membership
    from annotator.services.progress import recount
    from datasets.rows import write_rows

    chance, places, answers = random.Random(2), [], []
    for position, clip in enumerate(pks):
        for modality in MODALITIES:
            for member in members.values():
                key = uuid4()
                places.append((key, member, clip, modality, position // 200, position))
                if position % 10:
                    comment = "?" if len(answers) % 200 == 0 else ""
                    answers.append((key, chance.randint(-3, 3), comment, str(key), 1 + chance.random() * 9))
    write_rows(Assignment, ["id", "membership", "clip", "modality", "batch", "position"], places)
    same = {"plays": 1, "origin": "simulated", "reason": "", "created_at": timezone.now()}
    write_rows(Annotation, ["assignment", "score", "comment", "idempotency_key", "seconds"], answers, constant=same)
    Assignment.objects.update(current=Annotation.objects.filter(assignment=OuterRef("pk")).values("pk"))
    recount(Membership.objects.filter(campaign=campaign))


def write_calibrations(campaign: Any, members: dict[str, int], pks: list[UUID]) -> None:
    """A calibration of these clips for everybody, in which none of them played."""
    from annotator.models import CalibrationAnswer, CalibrationRound, Reference

    same = {"campaign": campaign, "modality": "audio", "use": Reference.Use.CALIBRATION, "score": 1, "reason": "calm"}
    made = Reference.objects.bulk_create(Reference(clip_id=clip, **same) for clip in pks)
    for member in members.values():
        round_ = CalibrationRound.objects.create(
            membership_id=member, modality="audio", number=1, references=[each.pk for each in made], limit=1
        )
        told = {"round": round_, "score": None, "reason": "technical", "comment": "?", "seconds": 0, "plays": 0}
        CalibrationAnswer.objects.bulk_create(CalibrationAnswer(reference=each, **told) for each in made)


def write_renditions(campaign: Any, pks: list[UUID], sources: list[UUID], person: Any) -> None:
    """Three renditions with audits of some clips, one in fifty failed, half of those overruled; drawings, reviews."""
    from django.utils import timezone

    from annotator.models import Audit, Overruling, RegionDrawing, Rendition, TranscriptReview
    from datasets.models import Clip
    from datasets.rows import write_rows

    now = timezone.now()
    keys = [(uuid4(), clip, modality) for clip in pks for modality in MODALITIES[1:]]
    passed = {key: number % 50 != 0 for number, (key, _, _) in enumerate(keys)}
    same: dict[str, Any] = {"file": "-", "sha256": "0" * 64, "bytes": 1, "made_at": now}
    rows = [(key, clip, modality, passed[key]) for key, clip, modality in keys]
    digest = {"isolation_digest": campaign.isolation_digest}
    write_rows(Rendition, ["id", "clip", "modality", "passed"], rows, constant=same | digest)
    chance = random.Random(3)
    audits = (
        (key, passed[key], [] if passed[key] else ["Invented finding."], invented_record(chance, modality))
        for key, _, modality in keys
    )
    write_rows(Audit, ["rendition", "passed", "findings", "record"], audits, constant={"made_at": now})
    failed = [(clip, modality) for key, clip, modality in keys if not passed[key]]
    by = {"made_by": person.pk, "made_at": now, "sha256": "0" * 64, "reason": "Invented."}
    write_rows(Overruling, ["clip", "modality"], failed[::2], constant=by)
    drawn = {"drawn_by": person.pk, "drawn_at": now}
    write_rows(RegionDrawing, ["source", "boxes"], ((source, []) for source in sources[::10]), constant=drawn)
    read = Clip.objects.filter(pk__in=pks[:500]).values_list("pk", "transcript")
    seen = {"reviewed_by": person.pk, "reviewed_at": now}
    write_rows(TranscriptReview, ["clip", "transcript"], list(read), constant=seen)


def invented_record(chance: random.Random, modality: str) -> dict[str, Any]:
    """What an audit measures of a voice, as far as a campaign's summary reads it."""
    if modality != "audio":
        return {"tools": {"ffmpeg": "7"}, "streams": [{"codec": "h264"}], "conflicts": []}
    names = (
        "estoi", "denoised_estoi", "f0_correlation", "raw_f0_correlation", "f0_outliers", "voiced_found",
        "envelope_correlation", "peak_f1", "loudness_correlation",
    )  # fmt: skip
    descriptors = {f"descriptor_{number}": chance.random() for number in range(25)}
    voice = {name: chance.random() for name in names} | {"descriptors": descriptors}
    return {"tools": {"ffmpeg": "7"}, "voice": voice, "snr": chance.random(), "syllables": {"rate": chance.random()}}


def write_jobs(project: Any, person: Any) -> None:
    """Jobs that ended, and the record of events."""
    from django.utils import timezone

    from datasets.models import Event, Job

    now = timezone.now()
    jobs = [
        Job(
            project=project, kind=f"kind_{number % 5}", title=f"Job {number}", queue="media", state=Job.State.SUCCEEDED,
            done=10, total=10, created_by=person,
        )
        for number in range(LISTED)
    ]  # fmt: skip
    Job.objects.bulk_create(jobs)
    for number, job in enumerate(jobs):
        job.created_at = now - timedelta(seconds=number)
    Job.objects.bulk_update(jobs, ["created_at"], batch_size=300)
    Event.objects.bulk_create(
        Event(project=project, actor=person, verb="publish_version", subject=str(number), details={"clips": number})
        for number in range(7 * LISTED)
    )


def publish(project: Any) -> tuple[Any, Any]:
    """Two versions with the same clips and other splits, their figures, and exports of the second."""
    from datasets.models import Export
    from datasets.services.figures import figures_of_version
    from datasets.services.versions import publish_version

    first = publish_version(project=project, seed=1).version
    second = publish_version(project=project, seed=2).version
    figures_of_version(version=second)
    Export.objects.bulk_create(
        Export(version=second, format="chsims", options={"include_media": False}, file="-", sha256="0" * 64, bytes=1)
        for _ in range(EXPORTS)
    )
    return first, second


def write_runs(version: Any) -> tuple[UUID, UUID, UUID]:
    """Experiments of five runs each. Two runs of the first, which have a prediction for every clip, and it."""
    from datasets.models import Job
    from datasets.rows import Keys, read_rows, write_rows
    from modeling.metrics import METRICS
    from modeling.models import Epoch, Experiment, FeatureSet, Prediction, Run, Sweep, Trial
    from modeling.recipes import RECIPES

    kept = {
        name: FeatureSet.objects.create(version=version, modality=name, extractor="invented", digest=name, file="-")
        for name in MODALITIES[:3]
    }
    (name, semi), recipe = next(iter(RECIPES.items()))
    scores = {task: dict.fromkeys(METRICS, 0.5) for task in MODALITIES}
    metrics = {"test": scores, "test_against_multimodal": scores}
    experiments = Experiment.objects.bulk_create(Experiment(version=version, name=f"{n}") for n in range(EXPERIMENTS))
    runs = []
    for number in range(5 * EXPERIMENTS):
        job = Job.objects.create(
            project=version.project, kind="train", title="Run", queue="training", state=Job.State.SUCCEEDED
        )
        runs.append(
            Run(
                version=version, experiment=experiments[number // 5], model=recipe.model, recipe_name=name,
                recipe=recipe.to_dict(), semi=semi, seed=number, job=job, metrics=metrics, **kept,
            )
        )  # fmt: skip
    Run.objects.bulk_create(runs)
    sweeps = Sweep.objects.bulk_create(
        Sweep(
            version=version, recipe_name=name, recipe=recipe.to_dict(), space=[], objective="mae", pruner="none",
            seed=number, trials_wanted=5, **kept,
        )
        for number in range(EXPERIMENTS)
    )  # fmt: skip
    Trial.objects.bulk_create(
        Trial(sweep=sweeps[number // 5], run=each, number=number % 5, parameters={}, value=0.5)
        for number, each in enumerate(runs)
    )
    run = runs[0]
    Epoch.objects.bulk_create(
        Epoch(
            run=each, number=number, losses={"total": 1.0}, valid_loss=0.5, valid_metrics=scores, seconds=1.0,
            is_best=number == 9,
        )
        for each in runs
        for number in range(10)
    )  # fmt: skip
    chance, keys = random.Random(4), Keys()
    rows = list(read_rows(version.rows.order_by("order").values_list("clip_id", "split", "multimodal")))
    for each in runs[:5]:
        predictions = (
            (
                keys[clip],
                split,
                *(chance.uniform(-1, 1) for _ in MODALITIES),
                None if label is None else round(chance.random(), 4),
            )
            for clip, split, label in rows
        )
        write_rows(Prediction, ["clip", "split", *MODALITIES, "error"], predictions, constant={"run": each.pk})
    return run.pk, runs[1].pk, experiments[0].pk
