"""Shapes of renditions with their audits, of a campaign's isolation, of drawn regions and reviewed transcripts."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotator.models import Audit, Overruling, Rendition, TranscriptReview
from annotator.selectors.isolation import overruling_of
from annotator.serializers.campaigns import ISOLATION_MODES
from config.api import SentenceSerializer
from config.sentences import as_records


class AuditSerializer(serializers.ModelSerializer[Audit]):
    """What was found in a rendition."""

    findings = SentenceSerializer(many=True)
    notes = serializers.SerializerMethodField(help_text="what withholds nothing and is worth knowing")

    class Meta:
        model = Audit
        fields = ("passed", "findings", "notes", "record", "made_at")

    @extend_schema_field(SentenceSerializer(many=True))
    def get_notes(self, audit: Audit) -> object:
        """As the record keeps them."""
        return as_records(audit.record.get("notes", []))


class OverrulingSerializer(serializers.ModelSerializer[Overruling]):
    """An admin's decision to show a rendition all the same."""

    made_by = serializers.CharField(source="made_by.username", allow_null=True)

    class Meta:
        model = Overruling
        fields = ("reason", "made_by", "made_at")


class RenditionSerializer(serializers.ModelSerializer[Rendition]):
    """A rendition, its audit, and where an admin can play it and the clip that it was made from."""

    video_id = serializers.CharField(source="clip.source.video_id")
    clip_id = serializers.CharField(source="clip.clip_id")
    audit = AuditSerializer()
    overruling = serializers.SerializerMethodField()
    media_url = serializers.SerializerMethodField()
    clip_url = serializers.SerializerMethodField()

    class Meta:
        model = Rendition
        fields = (
            "id", "clip", "video_id", "clip_id", "modality", "passed", "bytes", "made_at", "audit", "overruling",
            "media_url", "clip_url",
        )  # fmt: skip

    @extend_schema_field(OverrulingSerializer(allow_null=True))
    def get_overruling(self, rendition: Rendition) -> object:
        """Null for one that passed or is withheld."""
        ruling = overruling_of(rendition)
        return OverrulingSerializer(ruling).data if ruling else None

    def get_media_url(self, rendition: Rendition) -> str:
        """Its own bytes."""
        return f"/api/renditions/{rendition.pk}/media/"

    def get_clip_url(self, rendition: Rendition) -> str:
        """The clean clip's."""
        return f"/api/clips/{rendition.clip_id}/media/"


class RenditionsRequestSerializer(serializers.Serializer[object]):
    """Which clips get renditions."""

    everything = serializers.BooleanField(required=False, default=False, help_text="unsupervised clips too")


class RenditionFilterSerializer(serializers.Serializer[object]):
    """What renditions can be filtered by."""

    passed = serializers.BooleanField(required=False, allow_null=True, default=None)
    modality = serializers.ChoiceField(choices=("audio", "vision", "multimodal"), required=False)
    verdict = serializers.ChoiceField(choices=("passed", "overruled", "withheld", "conflict"), required=False)
    id = serializers.ListField(child=serializers.UUIDField(), required=False, help_text="these alone, separated by ,")


class OverruleRequestSerializer(serializers.Serializer[object]):
    """Why a failed rendition may be shown."""

    reason = serializers.CharField(max_length=1000)


class VerdictsSerializer(serializers.Serializer[object]):
    """How the renditions of one stage fared."""

    modality = serializers.CharField()
    passed = serializers.IntegerField()
    overruled = serializers.IntegerField()
    withheld = serializers.IntegerField()
    missing = serializers.IntegerField()


class FigureSerializer(serializers.Serializer[object]):
    """One measured value over all clips; `counts` are of equal bins between `edges`."""

    name = serializers.CharField()
    clips = serializers.IntegerField()
    mean = serializers.FloatField()
    least = serializers.FloatField()
    percentile_5 = serializers.FloatField()
    median = serializers.FloatField()
    percentile_95 = serializers.FloatField()
    most = serializers.FloatField()
    threshold = serializers.FloatField(allow_null=True)
    high_is_bad = serializers.BooleanField()
    edges = serializers.ListField(child=serializers.FloatField())
    counts = serializers.ListField(child=serializers.IntegerField())


class DescriptorSerializer(serializers.Serializer[object]):
    """How well one eGeMAPS descriptor survives: its mean correlation with the clean voice."""

    name = serializers.CharField()
    mean = serializers.FloatField()
    clips = serializers.IntegerField()


class OutlierSerializer(serializers.Serializer[object]):
    """A rendition at the bad end of some figures."""

    rendition = serializers.UUIDField()
    figures = serializers.DictField(child=serializers.FloatField(), help_text="values by name")


class RangeSerializer(serializers.Serializer[object]):
    """The ends between which a setting may lie."""

    least = serializers.FloatField()
    most = serializers.FloatField()


class IsolationChoicesSerializer(serializers.Serializer[object]):
    """What an admin chooses from."""

    modes = serializers.DictField(child=serializers.DictField(), help_text="every setting of each mode")
    audio_methods = serializers.ListField(child=serializers.CharField())
    mask_methods = serializers.ListField(child=serializers.CharField())
    ranges = serializers.DictField(child=RangeSerializer(), help_text="of the settings that have bounds")


class IsolationSerializer(serializers.Serializer[object]):
    """How a campaign isolates, and how well."""

    mode = serializers.CharField(help_text="name of the mode, or “own” where single settings were changed")
    parameters = serializers.DictField()
    digest = serializers.CharField()
    rated = serializers.BooleanField(help_text="whether a rendition was rated: then the isolation cannot be changed")
    choices = IsolationChoicesSerializer()
    verdicts = VerdictsSerializer(many=True)
    figures = FigureSerializer(many=True)
    descriptors = DescriptorSerializer(many=True)
    outliers = OutlierSerializer(many=True)
    tools = serializers.ListField(child=serializers.DictField(child=serializers.CharField()))


class IsolationRequestSerializer(serializers.Serializer[object]):
    """A mode of isolating, and single settings that differ from it."""

    mode = serializers.ChoiceField(choices=ISOLATION_MODES, default="default")
    settings = serializers.DictField(required=False, default=dict)


class BoxSerializer(serializers.Serializer[object]):
    """A rectangle, as shares of the picture's width and height."""

    left = serializers.FloatField(min_value=0, max_value=1)
    top = serializers.FloatField(min_value=0, max_value=1)
    right = serializers.FloatField(min_value=0, max_value=1)
    bottom = serializers.FloatField(min_value=0, max_value=1)

    def validate(self, attrs: dict[str, float]) -> dict[str, float]:
        """A box has some area."""
        if attrs["left"] >= attrs["right"] or attrs["top"] >= attrs["bottom"]:
            raise serializers.ValidationError("A box reaches from left to right and from top to bottom.")
        return attrs


class RegionsRequestSerializer(serializers.Serializer[object]):
    """Where a source's pictures show text; none at all is an answer too."""

    boxes = BoxSerializer(many=True)


class SourceRegionsSerializer(serializers.Serializer[Any]):
    """A source of a campaign with the places that are masked in its clips."""

    id = serializers.UUIDField()
    video_id = serializers.CharField()
    clips = serializers.IntegerField()
    picture_url = serializers.CharField(allow_null=True, help_text="a frame of one of its clips")
    examined = serializers.BooleanField(help_text="false while no clip of the source was read")
    boxes = BoxSerializer(many=True)
    drawn_by = serializers.CharField(allow_null=True)
    drawn_at = serializers.DateTimeField(allow_null=True)


class TranscriptSerializer(serializers.Serializer[Any]):
    """A clip's transcript, what in it tells of other modalities, and who reviewed it as it stands."""

    clip = serializers.UUIDField()
    video_id = serializers.CharField()
    clip_id = serializers.CharField()
    transcript = serializers.CharField()
    markers = serializers.ListField(child=serializers.CharField())
    reviewed_by = serializers.CharField(allow_null=True)
    reviewed_at = serializers.DateTimeField(allow_null=True)


class TranscriptReviewRequestSerializer(serializers.Serializer[object]):
    """The transcript as it should be; the one that stands, where it is right."""

    transcript = serializers.CharField()


class TranscriptReviewSerializer(serializers.ModelSerializer[TranscriptReview]):
    """Who reviewed a transcript, and when."""

    reviewed_by = serializers.CharField(source="reviewed_by.username", allow_null=True)

    class Meta:
        model = TranscriptReview
        fields = ("clip", "transcript", "reviewed_by", "reviewed_at")
