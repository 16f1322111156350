"""Shape of the figures of a version or a campaign."""

from typing import Any

from rest_framework import serializers

from datasets.serializers.analyses import AnsweredSerializer
from datasets.serializers.clips import LabelsSerializer
from datasets.serializers.statistics import ClassCountsSerializer, Table1RowSerializer


class AmountSerializer(serializers.Serializer[Any]):
    """How much some clips are."""

    clips = serializers.IntegerField()
    milliseconds = serializers.IntegerField()
    words = serializers.IntegerField(help_text="a Chinese character, or a run of other letters and digits, is one")


class ScenarioSerializer(serializers.Serializer[Any]):
    """One scenario; blank for clips without one."""

    scenario = serializers.CharField(allow_blank=True)
    supervised = AmountSerializer()
    unsupervised = AmountSerializer()


class DurationHistogramsSerializer(serializers.Serializer[Any]):
    """Clips by length in bins of a second; the last bin is open."""

    supervised = serializers.ListField(child=serializers.IntegerField())
    unsupervised = serializers.ListField(child=serializers.IntegerField())


class ClassesByModalitySerializer(serializers.Serializer[Any]):
    """Clips of each class by modality."""

    text = ClassCountsSerializer()
    audio = ClassCountsSerializer()
    vision = ClassCountsSerializer()
    multimodal = ClassCountsSerializer()


class GridByModalitySerializer(serializers.Serializer[Any]):
    """Labels on each of the eleven values -1.0 … 1.0, by modality."""

    text = serializers.ListField(child=serializers.IntegerField())
    audio = serializers.ListField(child=serializers.IntegerField())
    vision = serializers.ListField(child=serializers.IntegerField())
    multimodal = serializers.ListField(child=serializers.IntegerField())


class PolaritySerializer(serializers.Serializer[Any]):
    """Clips by the sign of their label, and positive to negative ones."""

    negative = serializers.IntegerField()
    neutral = serializers.IntegerField()
    positive = serializers.IntegerField()
    ratio = serializers.FloatField(allow_null=True)


class PolarityByModalitySerializer(serializers.Serializer[Any]):
    """By modality."""

    text = PolaritySerializer()
    audio = PolaritySerializer()
    vision = PolaritySerializer()
    multimodal = PolaritySerializer()


class DiscrepancySerializer(serializers.Serializer[Any]):
    """Mean absolute difference of the labels in two modalities."""

    modalities = serializers.ListField(child=serializers.CharField())
    clips = serializers.IntegerField()
    mean = serializers.FloatField(allow_null=True)


class IntervalSerializer(serializers.Serializer[Any]):
    """A statistic with the ends of its 95 % interval."""

    value = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class RatersAgreementSerializer(serializers.Serializer[Any]):
    """How well annotators agree in one modality; a statistic is null where the scores cannot tell."""

    clips = serializers.IntegerField(help_text="rated by two annotators or more")
    complete = serializers.IntegerField(help_text="rated by all annotators")
    annotators = serializers.IntegerField()
    alpha = IntervalSerializer(allow_null=True, help_text="interval Krippendorff's α")
    icc_single = IntervalSerializer(allow_null=True, help_text="ICC(2,1)")
    icc_average = IntervalSerializer(allow_null=True, help_text="ICC(2,k)")


class AgreementByModalitySerializer(serializers.Serializer[Any]):
    """By modality; null where there are no scores."""

    text = RatersAgreementSerializer(allow_null=True)
    audio = RatersAgreementSerializer(allow_null=True)
    vision = RatersAgreementSerializer(allow_null=True)
    multimodal = RatersAgreementSerializer(allow_null=True)


class DisagreeingClipSerializer(serializers.Serializer[Any]):
    """A clip whose labels lie far apart."""

    id = serializers.UUIDField(required=False, help_text="id of the clip, for its player")
    clip = serializers.CharField(help_text="video_id$_$clip_id")
    transcript = serializers.CharField(allow_blank=True)
    spread = serializers.FloatField(help_text="largest label less the smallest, 0 … 2")
    labels = LabelsSerializer()


class FiguresSerializer(AnsweredSerializer):
    """The paper's Table 1, Fig. 2 and Fig. 3, agreement, and the clips whose modalities disagree most."""

    table1 = Table1RowSerializer(many=True)
    scenarios = ScenarioSerializer(many=True)
    durations = DurationHistogramsSerializer()
    classes = ClassesByModalitySerializer()
    grid = GridByModalitySerializer()
    polarity = PolarityByModalitySerializer()
    discrepancies = DiscrepancySerializer(many=True)
    agreement = AgreementByModalitySerializer()
    disagreeing = DisagreeingClipSerializer(many=True)
