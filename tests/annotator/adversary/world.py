"""A project that holds all there is, with names and bytes that can be searched for."""

from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from annotator.models import Audit, Campaign, Membership, Reference, Rendition
from annotator.selectors.contested import Order
from annotator.services.preparation import set_reference
from annotator.services.questions import ContestedQuestion
from annotator.shown import PLAYED
from datasets.models import Clip, Export, Source
from datasets.questions import unheard
from datasets.services.analyses import keep_answer
from datasets.services.exports import request_export
from datasets.services.versions import publish_version
from datasets.splitting import Grouping
from datasets.vocabulary import Modality
from modeling.models import Experiment, Prediction, Run, Sweep
from tests.annotator.conftest import finish_stage, try_out
from tests.factories import ClipFactory, LabelFactory, RenditionFactory
from tests.modeling.corpora import make_run

SPOKEN = "机密的话"
BYTES = {modality: f"<bytes of {modality}>".encode() for modality in Modality}
CLEAN = b"<bytes of the clean clip>"


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


def advance(member: Membership, stage: Modality | None) -> None:
    """Bring the adversary to a stage, with one answer given in it."""
    for modality in Modality:
        if modality == stage:
            try_out(member, modality)
            return
        finish_stage(member, modality, score=1)
