"""Shapes of a version's tables and counts (datasets.statistics)."""

from typing import Any

from rest_framework import serializers

from datasets.serializers.isolation import IsolationReportSerializer
from datasets.statistics import UNSUPERVISED


class ClassCountsSerializer(serializers.Serializer[Any]):
    """Clips of each class; null where there are no labels."""

    NEG = serializers.IntegerField(allow_null=True)
    WNEG = serializers.IntegerField(allow_null=True)
    NEU = serializers.IntegerField(allow_null=True)
    WPOS = serializers.IntegerField(allow_null=True)
    POS = serializers.IntegerField(allow_null=True)


class Table1RowSerializer(ClassCountsSerializer):
    """A row of the paper's Table 1."""

    split = serializers.CharField(help_text=f"train, valid, test, all or {UNSUPERVISED}")
    total = serializers.IntegerField()


class SplitClassesSerializer(serializers.Serializer[Any]):
    """Classes by split."""

    train = ClassCountsSerializer()
    valid = ClassCountsSerializer()
    test = ClassCountsSerializer()


class ModalityClassesSerializer(serializers.Serializer[Any]):
    """Classes by modality and split."""

    text = SplitClassesSerializer()
    audio = SplitClassesSerializer()
    vision = SplitClassesSerializer()
    multimodal = SplitClassesSerializer()


class SplitCountsSerializer(serializers.Serializer[Any]):
    """Clips by split."""

    train = serializers.IntegerField()
    valid = serializers.IntegerField()
    test = serializers.IntegerField()


class SplitDistancesSerializer(serializers.Serializer[Any]):
    """How far each split's class shares are from those of all clips, 0 … 1; null for an empty split."""

    train = serializers.FloatField(allow_null=True)
    valid = serializers.FloatField(allow_null=True)
    test = serializers.FloatField(allow_null=True)


class LeakSerializer(serializers.Serializer[Any]):
    """A source or speaker that is in several splits."""

    name = serializers.CharField()
    splits = serializers.ListField(child=serializers.CharField())


class LeaksSerializer(serializers.Serializer[Any]):
    """What is in several splits; both lists are empty for splits made by speaker."""

    sources = LeakSerializer(many=True)
    speakers = LeakSerializer(many=True)


class DurationsSerializer(SplitCountsSerializer):
    """How long clips last, in milliseconds."""

    unsupervised = serializers.IntegerField()
    all = serializers.IntegerField()
    shortest = serializers.IntegerField()
    longest = serializers.IntegerField()


class MissingSerializer(serializers.Serializer[Any]):
    """Labels that are not settled yet, by modality."""

    text = serializers.IntegerField()
    audio = serializers.IntegerField()
    vision = serializers.IntegerField()
    multimodal = serializers.IntegerField()


class LeftOutSerializer(serializers.Serializer[Any]):
    """Supervised clips that were left out for lack of labels; the first of them by name."""

    clips = serializers.IntegerField()
    missing = MissingSerializer()
    names = serializers.ListField(child=serializers.CharField())


class GroupingJudgementSerializer(serializers.Serializer[Any]):
    """Whether clips can be split when this is kept together."""

    split_by = serializers.CharField(help_text="speaker, source or clip")
    groups = serializers.IntegerField()
    largest = serializers.IntegerField(help_text="clips of the largest group")
    feasible = serializers.BooleanField(help_text="whether every split gets a group")
    near_shares = serializers.BooleanField(help_text="whether no group is larger than the training split should be")


class ScarceClassSerializer(serializers.Serializer[Any]):
    """A class with fewer clips than there are splits."""

    name = serializers.CharField()
    clips = serializers.IntegerField()


class FeasibilitySerializer(serializers.Serializer[Any]):
    """What could be kept together, and which classes some split must lack."""

    groupings = GroupingJudgementSerializer(many=True)
    scarce = ScarceClassSerializer(many=True)


class ConsentSerializer(serializers.Serializer[Any]):
    """Sources of which one consent is recorded; blank for those without."""

    consent = serializers.CharField()
    sources = serializers.IntegerField()


class ProvenanceSerializer(serializers.Serializer[Any]):
    """Where the material comes from and under which terms, in the publisher's words; blank where nothing was said."""

    description = serializers.CharField()
    licence = serializers.CharField()
    collection = serializers.CharField()
    consent = serializers.CharField()
    origins = serializers.IntegerField(help_text="sources whose origin is recorded")
    consents = ConsentSerializer(many=True, help_text="most sources first, those without one last")


class StatisticsSerializer(serializers.Serializer[Any]):
    """Tables and figures of a version."""

    table1 = Table1RowSerializer(many=True)
    splits = SplitCountsSerializer()
    clips = serializers.IntegerField()
    supervised = serializers.IntegerField()
    unsupervised = serializers.IntegerField()
    classes = ModalityClassesSerializer()
    class_distance = SplitDistancesSerializer()
    leaks = LeaksSerializer()
    sources = serializers.IntegerField()
    speakers = serializers.IntegerField()
    scenarios = serializers.DictField(child=serializers.IntegerField())
    milliseconds = DurationsSerializer()
    scores = serializers.IntegerField(help_text="annotators' scores behind the labels")
    simulated_scores = serializers.IntegerField(help_text="those of them that a program made")
    left_out = LeftOutSerializer()
    split_by = serializers.CharField(
        required=False, help_text="what was kept together in one split: speaker, source or clip"
    )
    feasibility = FeasibilitySerializer(required=False)
    origins = serializers.DictField(
        child=serializers.IntegerField(), required=False, help_text="supervised clips by who settled their labels"
    )
    isolation = IsolationReportSerializer(many=True, required=False, help_text="by campaign")
    provenance = ProvenanceSerializer(required=False)
