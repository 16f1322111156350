"""Shapes of the comparison with the paper's tables."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from modeling.comparison.measuring import Comparison, Features, Measured
from modeling.comparison.published import Table
from modeling.metrics import METRICS
from modeling.recipes import Variant
from modeling.serializers.experiments import SpreadSerializer


class ComparisonQuerySerializer(serializers.Serializer[Any]):
    """Which of our runs stand beside the paper's."""

    recipe = serializers.ChoiceField(choices=list(Variant), default=Variant.RELEASED)
    features = serializers.CharField(
        default="", allow_blank=True, help_text="extractors of text, audio and vision joined by +; default: most used"
    )

    def validate_features(self, value: str) -> Features | None:
        """Three names."""
        if not value:
            return None
        names = value.split("+")
        if len(names) != 3:
            raise serializers.ValidationError("Name three extractors, joined by +, such as lsa+egemaps+landmarks.")
        return names[0], names[1], names[2]


class PublishedFiguresSerializer(serializers.Serializer[Any]):
    """As printed: percent, and the mean absolute error."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """One for each metric that the table has."""
        return {name: serializers.FloatField(required=False) for name in METRICS}


class MeasuredFiguresSerializer(serializers.Serializer[Any]):
    """Spread over seeds in the paper's units; null while nothing ran."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """One for each metric that the table has."""
        return {name: SpreadSerializer(required=False, allow_null=True) for name in METRICS}


class ComparisonRowSerializer(serializers.Serializer[Any]):
    """One row of the paper and ours."""

    name = serializers.CharField()
    can_train = serializers.BooleanField(help_text="whether this row is a training that Cueset has")
    published = PublishedFiguresSerializer()
    ours = MeasuredFiguresSerializer()


class ComparisonTableSerializer(serializers.Serializer[Any]):
    """One table of the paper."""

    number = serializers.IntegerField()
    metrics = serializers.ListField(child=serializers.ChoiceField(choices=METRICS))
    rows = ComparisonRowSerializer(many=True)


class PaperComparisonSerializer(serializers.Serializer[Any]):
    """All tables for one recipe and one choice of features."""

    recipe = serializers.CharField()
    features = serializers.CharField(allow_blank=True)
    choices = serializers.ListField(child=serializers.CharField())
    tables = ComparisonTableSerializer(many=True)


def plain(comparison: Comparison) -> dict[str, Any]:
    """The comparison as PaperComparisonSerializer and `--json` show it."""
    return {
        "recipe": str(comparison.variant),
        "features": "+".join(comparison.features or ()),
        "choices": ["+".join(choice) for choice in comparison.choices],
        "tables": [_table(table, rows) for table, rows in comparison.tables],
    }


def _table(table: Table, rows: Sequence[Measured]) -> dict[str, Any]:
    return {"number": table.number, "metrics": list(table.metrics), "rows": [_row(each) for each in rows]}


def _row(measured: Measured) -> dict[str, Any]:
    return {
        "name": measured.row.name,
        "can_train": measured.row.setup is not None,
        "published": dict(measured.row.published),
        "ours": {name: None if spread is None else vars(spread) for name, spread in measured.ours.items()},
    }
