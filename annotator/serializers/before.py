"""Shapes of what an annotator goes through before a stage and beside it: standards, calibration, checks, pace."""

from typing import Any

from rest_framework import serializers

from annotator.judging import Reason
from annotator.models import REASONS
from annotator.preparing import Check
from annotator.serializers.work import SecondsField
from datasets.models import MODALITIES
from datasets.vocabulary import HIGHEST_SCORE, LOWEST_SCORE

CHECK_KINDS = [(check.value, check.value) for check in Check]


class ReferenceEntrySerializer(serializers.Serializer[object]):
    """A reference clip, with what its stage shows and nothing else."""

    reference = serializers.IntegerField()
    transcript = serializers.CharField(required=False, help_text="in the stages that show it")
    media_url = serializers.CharField(required=False, help_text="in the stages that play something")
    expires_at = serializers.DateTimeField(required=False, help_text="when media_url stops working")
    reading_seconds = serializers.FloatField(
        required=False, help_text="how long words without media are shown before they can be judged"
    )


class StandardSerializer(ReferenceEntrySerializer):
    """A clip that shows what a score means in this stage."""

    score = serializers.IntegerField()
    reason = serializers.CharField()


class FeedbackSerializer(serializers.Serializer[object]):
    """How far a score was from the reference, and why the reference is what it is."""

    reference = serializers.IntegerField()
    given = serializers.IntegerField(allow_null=True, help_text="null: it could not be judged, and counts nowhere")
    expected = serializers.IntegerField(allow_null=True, help_text="told with a score alone")
    reason = serializers.CharField(allow_blank=True)


class CalibrationSerializer(serializers.Serializer[object]):
    """How an annotator's calibration for one stage stands."""

    campaign = serializers.UUIDField()
    modality = serializers.ChoiceField(choices=MODALITIES)
    passed = serializers.BooleanField(help_text="by a round within the limit, or by an admin")
    limit = serializers.FloatField(help_text="mean absolute distance of a round that lets in, in scores")
    clips = serializers.IntegerField(help_text="in a round")
    round = serializers.IntegerField(help_text="the round under way, from 1")
    answers = FeedbackSerializer(many=True, help_text="of this round")
    next = ReferenceEntrySerializer(allow_null=True)
    preparing = serializers.IntegerField(help_text="reference clips that the round lacks because they cannot be shown")
    distances = serializers.ListField(child=serializers.FloatField(), help_text="mean distance of every finished round")


class CalibrationAnswerSerializer(serializers.Serializer[object]):
    """A score for the clip to rate next, or that it does not play or show; sent again, it is stored once."""

    round = serializers.IntegerField(min_value=1)
    reference = serializers.IntegerField(min_value=1)
    score = serializers.IntegerField(min_value=LOWEST_SCORE, max_value=HIGHEST_SCORE, required=False, allow_null=True)
    reason = serializers.ChoiceField(
        choices=REASONS, required=False, allow_blank=True, default="", help_text="technical, or none"
    )
    comment = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    seconds = SecondsField()
    plays = serializers.IntegerField(min_value=0, max_value=10_000, help_text="plays to the end; 0 where nothing plays")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Either a score or the reason."""
        attrs.setdefault("score", None)
        if attrs["score"] is None and not attrs["reason"]:
            raise serializers.ValidationError({"score": f"A score is needed, or the reason {Reason.TECHNICAL}."})
        return attrs


class CalibrationAnsweredSerializer(FeedbackSerializer):
    """How far off it was."""

    distance = serializers.FloatField(
        allow_null=True, help_text="of the whole round, once it is done; null too where under half could be judged"
    )
    round_done = serializers.BooleanField()
    passed = serializers.BooleanField()


class CheckStateSerializer(serializers.Serializer[object]):
    """What is to be tried before a stage in this browser session."""

    needed = serializers.ListField(child=serializers.ChoiceField(choices=CHECK_KINDS))
    checked_at = serializers.DateTimeField(allow_null=True, help_text="when it was last done in this browser session")


class CheckRequestSerializer(serializers.Serializer[object]):
    """That tones were heard or greys seen, or that the annotator goes on without."""

    passed = serializers.BooleanField(help_text="false: skipped, knowingly; the admin is told")
    tries = serializers.IntegerField(min_value=0, max_value=1000)


class LastSessionSerializer(serializers.Serializer[object]):
    """A time at work."""

    began = serializers.DateTimeField()
    ended = serializers.DateTimeField()
    answers = serializers.IntegerField()


class PaceSerializer(serializers.Serializer[object]):
    """How an annotator gets on in a campaign; null where too few answers tell it."""

    clips_an_hour = serializers.FloatField(allow_null=True, help_text="in the open stage, over the recent clips")
    seconds_left = serializers.FloatField(allow_null=True, help_text="of work, until the open stage is done")
    work_seconds = serializers.FloatField(help_text="without idle time, since the last break of five minutes")
    break_after_seconds = serializers.FloatField(help_text="of work, after which a break does good")
    last_session = LastSessionSerializer(allow_null=True)
