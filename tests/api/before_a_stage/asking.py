"""How tests prepare what comes before a stage, and ask for it as its annotator."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from annotator.models import Reference
from annotator.preparing import Calibration
from annotator.services.preparation import change_preparation, set_reference
from annotator.shown import PLAYED
from datasets.vocabulary import Modality
from tests.annotator.conftest import try_out
from tests.factories import ClipFactory, RenditionFactory, SourceFactory

Use = Reference.Use


def refer(member, use, score, modality=Modality.AUDIO):
    clip = ClipFactory(source=SourceFactory(project=member.campaign.project), clip_id="secret_clip", transcript="机密")
    for each in PLAYED:
        file = default_storage.save(f"renditions/{clip.pk}-{each}.mp4", ContentFile(each.encode()))
        RenditionFactory(clip=clip, modality=each, file=file)
    return set_reference(
        campaign=member.campaign, clip=clip.pk, modality=modality, use=use, score=score, reason=f"{modality} {score}"
    )


def calibrate(member, *scores, distance=1.0):
    try_out(member, Modality.AUDIO)
    made = [refer(member, Use.CALIBRATION, score) for score in scores]
    change_preparation(campaign=member.campaign, calibration={Modality.AUDIO: Calibration(len(scores), distance)})
    return {each.pk: each.score for each in made}


def url(member, what, modality=Modality.AUDIO):
    return f"/api/my-work/{member.campaign_id}/{modality}/{what}/"


def played(api, address):
    response = api.get(address)
    return b"".join(response.streaming_content) if response.status_code == 200 else response.status_code


def rate(api, member, score, **changes):
    state = api.get(url(member, "calibration")).json()
    body = {"round": state["round"], "reference": state["next"]["reference"], "score": score, "seconds": 60, "plays": 1}
    return api.post(url(member, "calibration"), body | changes, format="json")


def rate_all(api, member, scores, off):
    """Rate a whole round with every score off by so much; what the last answer brought."""
    for _ in scores:
        state = api.get(url(member, "calibration")).json()
        told = rate(api, member, scores[state["next"]["reference"]] + off).json()
    return told


def again(member):
    return type(member).objects.select_related("campaign", "annotator").get(pk=member.pk)
