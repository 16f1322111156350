"""Shapes of what prepares annotators, for those who run the campaign."""

from typing import Any

from rest_framework import serializers

from annotator.models import Admission, ReadinessCheck, Reference
from annotator.preparing import LONGEST_GAP_HOURS, MOST_CLIPS, Calibration
from annotator.scheduling import MOST_REPEATED
from datasets.models import MODALITIES
from datasets.vocabulary import HIGHEST_SCORE, LOWEST_SCORE, Modality

USES = [(use.value, use.value) for use in Reference.Use]
STANDING_USES = [each for each in USES if each[0] != Reference.Use.NONE]


class ReferenceSerializer(serializers.ModelSerializer[Reference]):
    """The score that a clip is held to have, why, and what for."""

    video_id = serializers.CharField(source="clip.source.video_id")
    clip_id = serializers.CharField(source="clip.clip_id")
    transcript = serializers.CharField(source="clip.transcript")
    use = serializers.ChoiceField(choices=USES)
    is_rated = serializers.BooleanField(help_text="whether annotators of this campaign rate the clip themselves")
    media_url = serializers.SerializerMethodField()
    made_by = serializers.CharField(source="made_by.username", allow_null=True)

    class Meta:
        model = Reference
        fields = (
            "id", "clip", "video_id", "clip_id", "transcript", "modality", "use", "score", "reason", "is_rated",
            "media_url", "made_by", "made_at",
        )  # fmt: skip

    def get_media_url(self, reference: Any) -> str | None:  # Any: annotated by references_of
        """The rendition that annotators are shown; null in the text stage, and while none may be shown."""
        return f"/api/renditions/{reference.rendition}/media/" if reference.rendition else None


class MadeReferenceSerializer(serializers.ModelSerializer[Reference]):
    """A reference as it was just set."""

    use = serializers.ChoiceField(choices=USES)

    class Meta:
        model = Reference
        fields = ("id", "clip", "modality", "use", "score", "reason", "made_at")


class NewReferenceSerializer(serializers.Serializer[object]):
    """A reference, or with the use `none` that an earlier one is taken back."""

    clip = serializers.UUIDField()
    modality = serializers.ChoiceField(choices=MODALITIES)
    use = serializers.ChoiceField(choices=USES)
    score = serializers.IntegerField(min_value=LOWEST_SCORE, max_value=HIGHEST_SCORE)
    reason = serializers.CharField(max_length=2000)
    although_rated = serializers.BooleanField(
        required=False, default=False, help_text="tell the score of a clip that is rated in this campaign all the same"
    )


class ReferenceFilterSerializer(serializers.Serializer[object]):
    """What references can be filtered by."""

    use = serializers.ChoiceField(choices=STANDING_USES, required=False, default="")
    modality = serializers.ChoiceField(choices=MODALITIES, required=False, default="")


class CalibrationSettingSerializer(serializers.Serializer[object]):
    """A calibration: clips in a round, and the mean distance that lets in."""

    clips = serializers.IntegerField(min_value=1, max_value=MOST_CLIPS)
    distance = serializers.FloatField(min_value=0, max_value=6, help_text="mean absolute distance, in scores")


class CalibrationsSerializer(serializers.Serializer[object]):
    """The calibration of each stage; null where there is none."""

    text = CalibrationSettingSerializer(allow_null=True, required=False)
    audio = CalibrationSettingSerializer(allow_null=True, required=False)
    vision = CalibrationSettingSerializer(allow_null=True, required=False)
    multimodal = CalibrationSettingSerializer(allow_null=True, required=False)


class PreparationChangeSerializer(serializers.Serializer[object]):
    """Settings to change; those left out stay."""

    gap_hours = serializers.FloatField(min_value=0, max_value=LONGEST_GAP_HOURS, required=False)
    checks = serializers.BooleanField(required=False)
    calibration = CalibrationsSerializer(required=False)

    def validate_calibration(self, given: dict[str, Any]) -> dict[Modality, Calibration | None]:
        """By modality, as the rules take it."""
        return {Modality(name): Calibration(**each) if each else None for name, each in given.items()}


class AdmissionSerializer(serializers.ModelSerializer[Admission]):
    """That an admin let somebody in."""

    made_by = serializers.CharField(source="made_by.username", allow_null=True)

    class Meta:
        model = Admission
        fields = ("reason", "made_by", "made_at")


class ReadinessCheckSerializer(serializers.ModelSerializer[ReadinessCheck]):
    """The latest check of sound or screen; not passed: skipped."""

    class Meta:
        model = ReadinessCheck
        fields = ("passed", "tries", "made_at")


class ReadinessSerializer(serializers.Serializer[object]):
    """One annotator before one stage."""

    admitted = serializers.BooleanField(help_text="whether the calibration is behind them")
    distances = serializers.ListField(child=serializers.FloatField(), help_text="mean distance of every round so far")
    admission = AdmissionSerializer(allow_null=True)
    check = ReadinessCheckSerializer(allow_null=True)


class ReadinessByStageSerializer(serializers.Serializer[object]):
    """One annotator before the four stages."""

    text = ReadinessSerializer()
    audio = ReadinessSerializer()
    vision = ReadinessSerializer()
    multimodal = ReadinessSerializer()


class PreparedAnnotatorSerializer(serializers.Serializer[object]):
    """How far one annotator is with what comes before the stages."""

    annotator = serializers.CharField()
    pseudonym = serializers.CharField()
    stages = ReadinessByStageSerializer()


class PreparationSerializer(serializers.Serializer[object]):
    """A campaign's settings of what comes before a stage, and how far its annotators are."""

    gap_hours = serializers.FloatField(help_text="between the last answer of a stage and the next stage")
    checks = serializers.BooleanField(help_text="whether sound and screen are checked before the stages that need them")
    repeats = serializers.FloatField(help_text="share of a stage's clips that each annotator is shown twice")
    stages_begun = serializers.IntegerField(help_text="by annotator and batch; they keep the repeats that they have")
    stages_unbegun = serializers.IntegerField(help_text="to which another share applies")
    calibration = CalibrationsSerializer()
    annotators = PreparedAnnotatorSerializer(many=True)


class RepeatsChangeSerializer(serializers.Serializer[object]):
    """Another share of clips that come twice, in the stages that nobody has begun."""

    share = serializers.FloatField(min_value=0, max_value=MOST_REPEATED)


class LetInSerializer(serializers.Serializer[object]):
    """A stage to open without its calibration, and why."""

    modality = serializers.ChoiceField(choices=MODALITIES)
    reason = serializers.CharField(max_length=2000)
