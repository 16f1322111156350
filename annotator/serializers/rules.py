"""Shapes of the rules that make labels of scores, compared."""

from rest_framework import serializers

from annotator.models import RULES
from datasets.models import MODALITIES
from datasets.serializers.analyses import AnsweredSerializer


class RuleDistanceSerializer(serializers.Serializer[object]):
    """How far one rule's labels lie from the paper's in one stage; null where there are too few clips to tell."""

    modality = serializers.ChoiceField(choices=MODALITIES)
    rule = serializers.ChoiceField(choices=RULES)
    clips = serializers.IntegerField(help_text="with the scores of everybody who is asked")
    changed = serializers.IntegerField(help_text="clips with another label")
    mean_difference = serializers.FloatField(allow_null=True, help_text="absolute, on the scale of labels")
    class_changes = serializers.IntegerField(help_text="clips in another of the five classes")
    correlation = serializers.FloatField(allow_null=True)
    differences = serializers.ListField(
        child=serializers.IntegerField(), help_text="clips by difference in fifths, from -10 to 10"
    )


class ChangedLabelSerializer(serializers.Serializer[object]):
    """A clip that some rule labels otherwise than the paper's."""

    clip = serializers.UUIDField()
    video_id = serializers.CharField()
    clip_id = serializers.CharField()
    modality = serializers.ChoiceField(choices=MODALITIES)
    farthest = serializers.FloatField(help_text="the largest distance from the paper's label")
    labels = serializers.DictField(child=serializers.FloatField(), help_text="by the name of the rule")


class RulesSerializer(AnsweredSerializer):
    """The campaign's rule, and all others held against the paper's."""

    rule = serializers.ChoiceField(choices=RULES)
    stages = RuleDistanceSerializer(many=True)
    changed = ChangedLabelSerializer(many=True, help_text="the fifty that change most")


class RuleChoiceSerializer(serializers.Serializer[object]):
    """The rule that makes labels from now on."""

    rule = serializers.ChoiceField(choices=RULES)
