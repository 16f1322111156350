"""Shapes of an annotator's own work: what reaches their browser, and what comes back."""

import math
from typing import Any

from rest_framework import serializers

from annotator.errors import CalibrationNeeded, CheckNeeded, StageRests
from annotator.judging import Reason
from annotator.models import REASONS, Campaign
from annotator.scheduling import StageState
from datasets.models import MODALITIES
from datasets.vocabulary import HIGHEST_SCORE, LOWEST_SCORE

GATES = [(error.code, error.code) for error in (CheckNeeded, CalibrationNeeded, StageRests)]
# Nobody meets a campaign that is still being made.
MET = [state.value for state in Campaign.State if state != Campaign.State.MAKING]
STAGE_STATES = [(state.value, state.value) for state in StageState]


class StageSerializer(serializers.Serializer[object]):
    """One stage of the batch that the annotator is in; counts are clips."""

    modality = serializers.ChoiceField(choices=MODALITIES)
    state = serializers.ChoiceField(choices=STAGE_STATES)
    done = serializers.IntegerField()
    total = serializers.IntegerField()


class GateSerializer(serializers.Serializer[object]):
    """What keeps a stage closed whose turn has come."""

    code = serializers.ChoiceField(choices=GATES)
    opens_at = serializers.DateTimeField(allow_null=True, help_text="when the gap after the stage before has passed")


class MyCampaignSerializer(serializers.Serializer[object]):
    """A campaign as one of its annotators sees it."""

    campaign = serializers.UUIDField()
    name = serializers.CharField()
    project_name = serializers.CharField()
    simulated = serializers.BooleanField(help_text="whether the project's data were made by programs")
    state = serializers.ChoiceField(choices=MET)
    batch = serializers.IntegerField(help_text="the batch that is open, from 1")
    batches = serializers.IntegerField()
    stages = StageSerializer(many=True)
    gate = GateSerializer(allow_null=True, help_text="what comes before the open stage")


class QueueEntrySerializer(serializers.Serializer[object]):
    """A clip to rate, with what its stage shows and nothing else."""

    assignment = serializers.UUIDField()
    position = serializers.IntegerField(help_text="place in the annotator's own order, from 1")
    transcript = serializers.CharField(required=False, help_text="in the stages that show it")
    media_url = serializers.CharField(required=False, help_text="in the stages that play something")
    expires_at = serializers.DateTimeField(required=False, help_text="when media_url stops working")
    reading_seconds = serializers.FloatField(
        required=False, help_text="how long words without media are shown before they can be judged"
    )


class QueueSerializer(serializers.Serializer[object]):
    """One stage with the next clips to rate."""

    campaign = serializers.UUIDField()
    modality = serializers.ChoiceField(choices=MODALITIES)
    state = serializers.ChoiceField(choices=STAGE_STATES)
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    batch = serializers.IntegerField()
    batches = serializers.IntegerField()
    queue = QueueEntrySerializer(many=True)
    preparing = serializers.IntegerField(
        help_text="clips that cannot be shown yet, no rendition having passed its audit; told once fewer than four can"
    )
    withheld = serializers.IntegerField(
        help_text="clips whose rendition failed its audit and waits for an admin; told once no other clip is left"
    )
    can_undo = serializers.BooleanField()


class TakenBackSerializer(QueueEntrySerializer):
    """The last answer of a stage, to be given again."""

    score = serializers.IntegerField(allow_null=True)
    reason = serializers.ChoiceField(choices=REASONS, allow_blank=True)


class SecondsField(serializers.FloatField):
    """Time spent; not-a-number passes every comparison, so it is asked for by name."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_value=86_400, help_text="time spent, without idle time", **options)

    def to_internal_value(self, data: Any) -> float:
        """Check and convert."""
        seconds: float = super().to_internal_value(data)
        if not math.isfinite(seconds):
            raise serializers.ValidationError("Not a number of seconds.")
        return seconds


class AnswerSerializer(serializers.Serializer[object]):
    """One answer: a score or the reason why there is none, and how it came about."""

    score = serializers.IntegerField(min_value=LOWEST_SCORE, max_value=HIGHEST_SCORE, required=False, allow_null=True)
    reason = serializers.ChoiceField(choices=REASONS, required=False, allow_blank=True, default="")
    comment = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    seconds = SecondsField()
    plays = serializers.IntegerField(min_value=0, max_value=10_000, help_text="plays to the end; 0 where nothing plays")
    idempotency_key = serializers.CharField(max_length=64)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Either a score or a reason."""
        attrs.setdefault("score", None)
        if attrs["score"] is None and not attrs["reason"]:
            reasons = ", ".join(Reason)
            raise serializers.ValidationError({"score": f"A score is needed, or a reason for none: {reasons}."})
        return attrs


class AnsweredSerializer(QueueSerializer):
    """That an answer is kept, how far its stage is now, and the next clips of that stage."""

    annotation = serializers.IntegerField()
    stage_done = serializers.BooleanField()
    next_stage = serializers.ChoiceField(
        choices=MODALITIES, allow_null=True, help_text="the stage that is open now, once this one is done"
    )
