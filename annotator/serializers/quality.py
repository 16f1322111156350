"""Shapes of what a campaign's scores tell about its annotators."""

from rest_framework import serializers

from annotator.models import Membership
from annotator.quality.suspicions import Pattern
from config.api import SentenceSerializer
from datasets.models import MODALITIES
from datasets.serializers.analyses import AnsweredSerializer
from datasets.vocabulary import HIGHEST_FIFTHS, LOWEST_FIFTHS

PATTERNS = [(pattern.value, pattern.value) for pattern in Pattern]


class EstimateSerializer(serializers.Serializer[object]):
    """A statistic with its 95 % confidence interval."""

    value = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class AgreementSerializer(serializers.Serializer[object]):
    """How well the annotators of one modality agree; null where the scores cannot tell."""

    modality = serializers.ChoiceField(choices=MODALITIES)
    clips = serializers.IntegerField(help_text="with at least two scores: those that alpha is of")
    complete = serializers.IntegerField(help_text="with everybody's score: those that both ICCs are of")
    annotators = serializers.IntegerField()
    alpha = EstimateSerializer(allow_null=True, help_text="Krippendorff's α of interval scores")
    icc_single = EstimateSerializer(allow_null=True, help_text="ICC(2,1)")
    icc_average = EstimateSerializer(allow_null=True, help_text="ICC(2,k) over all annotators")


class PersonSerializer(serializers.Serializer[object]):
    """An annotator of the campaign."""

    annotator = serializers.CharField()
    pseudonym = serializers.CharField()
    state = serializers.ChoiceField(choices=Membership.State.choices)


class DriftSerializer(serializers.Serializer[object]):
    """How the distance from the other annotators changed over a stage, in points of the scale."""

    change = EstimateSerializer(help_text="from the first answer to the last")
    windows = serializers.ListField(child=serializers.FloatField(), help_text="mean distance in each tenth")


class PortraitSerializer(serializers.Serializer[object]):
    """One annotator in one stage; null where there is too little to tell."""

    pseudonym = serializers.CharField()
    modality = serializers.ChoiceField(choices=MODALITIES)
    answers = serializers.IntegerField()
    bias = serializers.FloatField(allow_null=True, help_text="mean distance from the mean of the others")
    spread = serializers.FloatField(allow_null=True, help_text="standard deviation of the scores")
    correlation = serializers.FloatField(allow_null=True, help_text="with the mean of the others")
    seconds = serializers.FloatField(allow_null=True, help_text="median time spent on a clip")
    pace = serializers.FloatField(allow_null=True, help_text="median of that time over the clip's length")
    drift = DriftSerializer(allow_null=True)


class SuspicionSerializer(serializers.Serializer[object]):
    """A figure of one annotator that passes its limit; proves nothing by itself."""

    annotator = serializers.CharField(help_text="pseudonym")
    modality = serializers.ChoiceField(choices=MODALITIES)
    pattern = serializers.ChoiceField(choices=PATTERNS)
    figure = serializers.FloatField()
    limit = serializers.FloatField()
    answers = serializers.IntegerField()


class RepeatsSerializer(serializers.Serializer[object]):
    """How one annotator answered clips of a stage that came twice; null where there are too few."""

    pseudonym = serializers.CharField()
    modality = serializers.ChoiceField(choices=MODALITIES)
    asked = serializers.IntegerField(help_text="repeats given out")
    pairs = serializers.IntegerField(help_text="answered both times, with other clips between")
    exact = serializers.FloatField(allow_null=True, help_text="share with the same score both times")
    mean_difference = serializers.FloatField(allow_null=True, help_text="absolute, in points of the scale")
    correlation = serializers.FloatField(allow_null=True)
    icc = EstimateSerializer(allow_null=True, help_text="ICC(2,1) of the two times")


class GoldSerializer(serializers.Serializer[object]):
    """How one annotator scored the gold clips of a stage; null where none was rated."""

    pseudonym = serializers.CharField()
    modality = serializers.ChoiceField(choices=MODALITIES)
    asked = serializers.IntegerField(help_text="gold clips of the stage")
    clips = serializers.IntegerField(help_text="those that were rated")
    hits = serializers.IntegerField(help_text="within the tolerance of their reference")
    share = serializers.FloatField(allow_null=True)
    mean_distance = serializers.FloatField(allow_null=True, help_text="absolute, in points of the scale")


class GoldSettingsSerializer(serializers.Serializer[object]):
    """How gold clips are judged, and whether they count."""

    tolerance = serializers.IntegerField(min_value=0, max_value=6, help_text="points of the scale that are still a hit")
    counts = serializers.BooleanField(help_text="whether gold clips get labels of their scores")


class QualitySerializer(AnsweredSerializer):
    """What a campaign's scores tell so far."""

    agreement = AgreementSerializer(many=True)
    annotators = PersonSerializer(many=True)
    portraits = PortraitSerializer(many=True)
    suspicions = SuspicionSerializer(many=True)
    repeats_share = serializers.FloatField(help_text="of a stage's clips, shown twice to each annotator")
    repeats = RepeatsSerializer(many=True)
    gold_settings = GoldSettingsSerializer()
    gold = GoldSerializer(many=True)


class ContestedModalitySerializer(serializers.Serializer[object]):
    """One modality of a contested clip."""

    modality = serializers.ChoiceField(choices=MODALITIES)
    value = serializers.FloatField(allow_null=True, help_text="by the paper's rule, from the scores so far")
    spread = serializers.FloatField(allow_null=True, help_text="standard deviation of the scores")
    decided = serializers.FloatField(allow_null=True, help_text="the label that an admin decided")


class ContestedClipSerializer(serializers.Serializer[object]):
    """A clip whose scores, or whose modalities, lie apart."""

    clip = serializers.UUIDField()
    video_id = serializers.CharField()
    clip_id = serializers.CharField()
    transcript = serializers.CharField()
    widest = serializers.FloatField(allow_null=True, help_text="largest spread of a modality")
    conflict = serializers.FloatField(allow_null=True, help_text="between the highest and the lowest label, 0 … 2")
    modalities = ContestedModalitySerializer(many=True)


class ContestedClipsSerializer(AnsweredSerializer):
    """The most contested clips, the most contested first."""

    clips = ContestedClipSerializer(many=True)


class GivenScoreSerializer(serializers.Serializer[object]):
    """One annotator's score of the clip."""

    modality = serializers.ChoiceField(choices=MODALITIES)
    annotator = serializers.CharField(help_text="pseudonym")
    score = serializers.IntegerField()
    seconds = serializers.FloatField(allow_null=True)
    plays = serializers.IntegerField(allow_null=True)
    is_repeat = serializers.BooleanField(help_text="whether the clip was shown to them a second time")
    counts = serializers.BooleanField(help_text="false for an excluded annotator's, and for repeats")


class ToldSerializer(serializers.Serializer[object]):
    """What an annotator said beside or instead of a score."""

    modality = serializers.ChoiceField(choices=MODALITIES)
    annotator = serializers.CharField(help_text="pseudonym")
    reason = serializers.CharField(help_text="why there is no score; blank where there is one")
    comment = serializers.CharField()


class HeldScoreSerializer(serializers.Serializer[object]):
    """The score that the clip is held to have, and what that is for."""

    modality = serializers.ChoiceField(choices=MODALITIES)
    use = serializers.CharField()
    score = serializers.IntegerField()
    reason = serializers.CharField()


class PerceivedFileSerializer(serializers.Serializer[object]):
    """A file that annotators perceived, with its audit's verdict."""

    modality = serializers.ChoiceField(choices=MODALITIES)
    media_url = serializers.CharField(help_text="for admins")
    passed = serializers.BooleanField()
    overruled = serializers.CharField(allow_null=True, help_text="why it is shown although its audit failed")
    findings = SentenceSerializer(many=True)


class StandingLabelSerializer(serializers.Serializer[object]):
    """The label that the dataset holds now."""

    modality = serializers.ChoiceField(choices=MODALITIES)
    value = serializers.FloatField()
    origin = serializers.CharField()
    settled_at = serializers.DateTimeField()


class DecisionSerializer(serializers.Serializer[object]):
    """A label that an admin settled."""

    modality = serializers.ChoiceField(choices=MODALITIES)
    value = serializers.FloatField()
    reason = serializers.CharField()
    made_by = serializers.CharField()
    made_at = serializers.DateTimeField()


class ContestedClipDetailSerializer(ContestedClipSerializer):
    """Everything that is known about a contested clip."""

    seconds = serializers.FloatField()
    scores = GivenScoreSerializer(many=True)
    told = ToldSerializer(many=True)
    references = HeldScoreSerializer(many=True)
    renditions = PerceivedFileSerializer(many=True)
    labels = StandingLabelSerializer(many=True)
    decisions = DecisionSerializer(many=True)


class NewDecisionSerializer(serializers.Serializer[object]):
    """A label to settle, and why."""

    modality = serializers.ChoiceField(choices=MODALITIES)
    fifths = serializers.IntegerField(min_value=LOWEST_FIFTHS, max_value=HIGHEST_FIFTHS, help_text="label times five")
    reason = serializers.CharField(max_length=2000)
