"""Shape of what changed between two versions."""

from typing import Any

from rest_framework import serializers

from datasets.models import Version
from datasets.serializers.analyses import AnsweredSerializer
from datasets.serializers.statistics import Table1RowSerializer
from datasets.services.differences import MOST_SHOWN, SHOWN


class DifferenceFilterSerializer(serializers.Serializer[Any]):
    """Which version to compare with, and how many changes of each kind to tell."""

    limit = serializers.IntegerField(
        min_value=0, max_value=MOST_SHOWN, default=SHOWN, help_text="changes of each kind to tell; counts are of all"
    )

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """With `from`, which is the parent where it is not given."""
        earlier = serializers.UUIDField(
            required=False, help_text="the version to compare with; without it the version before this one"
        )
        return {"from": earlier, **super().get_fields()}


class ComparedSerializer(serializers.ModelSerializer[Version]):
    """One side of the comparison."""

    table1 = Table1RowSerializer(many=True, source="statistics.table1")

    class Meta:
        model = Version
        fields = ("id", "number", "sha256", "created_at", "table1")


class ScoreChangeSerializer(serializers.Serializer[Any]):
    """One annotator's score; null where there is none."""

    annotator = serializers.CharField()
    before = serializers.IntegerField(allow_null=True)
    after = serializers.IntegerField(allow_null=True)


class LabelChangeSerializer(serializers.Serializer[Any]):
    """A clip's label in one modality, -1.0 … 1.0, and the scores that made it move."""

    clip = serializers.CharField(help_text="video_id$_$clip_id")
    modality = serializers.CharField()
    before = serializers.FloatField(allow_null=True)
    after = serializers.FloatField(allow_null=True)
    by = serializers.FloatField(help_text="how far it moved; 0 where it came, went, or stayed")
    scores = ScoreChangeSerializer(many=True)


class SplitChangeSerializer(serializers.Serializer[Any]):
    """A clip that moved; null is no split."""

    clip = serializers.CharField()
    before = serializers.CharField(allow_null=True)
    after = serializers.CharField(allow_null=True)


class TextChangeSerializer(serializers.Serializer[Any]):
    """A transcript that was corrected."""

    clip = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()


class RuleChangeSerializer(serializers.Serializer[Any]):
    """A rule that is another one now."""

    rule = serializers.CharField(help_text="aggregation, seed or grouping")
    before = serializers.CharField()
    after = serializers.CharField()


class ProvenanceChangeSerializer(serializers.Serializer[Any]):
    """What is said of origin or terms, and is another thing now."""

    what = serializers.CharField(help_text="description, licence, collection or consent; origin or consent of a source")
    before = serializers.CharField()
    after = serializers.CharField()
    video_id = serializers.CharField(help_text="blank where it is of the whole dataset")


class AnnotatorChangeSerializer(serializers.Serializer[Any]):
    """One annotator's part in the difference."""

    annotator = serializers.CharField(help_text="pseudonym")
    labels = serializers.IntegerField(help_text="labels that moved while this annotator's score changed")
    scores = serializers.IntegerField(help_text="scores that changed, those behind labels that stayed too")


class DifferenceCountsSerializer(serializers.Serializer[Any]):
    """How many changes of each kind there are."""

    added = serializers.IntegerField()
    removed = serializers.IntegerField()
    labels = serializers.IntegerField()
    rescored = serializers.IntegerField()
    splits = serializers.IntegerField()
    transcripts = serializers.IntegerField()
    media = serializers.IntegerField()
    rules = serializers.IntegerField()
    provenance = serializers.IntegerField()


class DifferenceSerializer(AnsweredSerializer):
    """Everything that changed between two versions; lists hold the first of each kind, counts are of all."""

    before = ComparedSerializer()
    after = ComparedSerializer()
    counts = DifferenceCountsSerializer()
    added = serializers.ListField(child=serializers.CharField())
    removed = serializers.ListField(child=serializers.CharField())
    labels = LabelChangeSerializer(many=True, help_text="labels that moved, came or went")
    rescored = LabelChangeSerializer(many=True, help_text="labels that stayed although scores changed")
    splits = SplitChangeSerializer(many=True)
    transcripts = TextChangeSerializer(many=True)
    media = serializers.ListField(child=serializers.CharField(), help_text="clips whose video file is another one")
    rules = RuleChangeSerializer(many=True)
    provenance = ProvenanceChangeSerializer(many=True)
    annotators = AnnotatorChangeSerializer(many=True, help_text="everybody whose scores changed")
