"""Shapes of a run's errors."""

from typing import Any

from rest_framework import serializers

from datasets.models import MODALITIES, SPLITS
from datasets.serializers.analyses import AnsweredSerializer


class ErrorGroupSerializer(serializers.Serializer[dict[str, Any]]):
    """The errors of clips that have a name in common, or a value within low … high."""

    name = serializers.CharField(allow_blank=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    clips = serializers.IntegerField()
    mae = serializers.FloatField(help_text="mean distance between prediction and label")
    bias = serializers.FloatField(help_text="mean of prediction minus label")


class ErrorAnalysisSerializer(AnsweredSerializer):
    """Where one prediction of a run errs on one split."""

    task = serializers.ChoiceField(MODALITIES)
    split = serializers.ChoiceField(SPLITS)
    clips = serializers.IntegerField()
    classes = serializers.ListField(child=serializers.CharField(), help_text="of both sides of the confusion")
    confusion = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField()),
        help_text="clips by true class (rows) and predicted class (columns)",
    )
    by_class = ErrorGroupSerializer(many=True)
    by_scenario = ErrorGroupSerializer(many=True, help_text="clips with a scenario")
    by_duration = ErrorGroupSerializer(many=True, help_text="quarters of the clips, low … high in seconds")
    by_agreement = ErrorGroupSerializer(many=True, help_text="low … high is the span between a clip's scores")
