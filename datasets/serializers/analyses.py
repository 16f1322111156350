"""Shapes of analyses that take long."""

from typing import Any

from rest_framework import serializers

from datasets.serializers.jobs import JobSerializer
from datasets.services.analyses import Asked


class AnalysisSerializer(serializers.Serializer[Asked]):
    """When an answer was computed and what came since; with 202, the job that computes the first one."""

    id = serializers.UUIDField(source="analysis.pk")
    computed_at = serializers.DateTimeField(source="analysis.computed_at", allow_null=True)
    newer = serializers.IntegerField(
        allow_null=True, help_text="facts that came since, counted up to 10,000; null for what never changes"
    )
    job = JobSerializer(allow_null=True, help_text="what computes it at this moment, or ended without an answer")


class AnsweredSerializer(serializers.Serializer[Any]):
    """An answer that may have taken long."""

    analysis = AnalysisSerializer(allow_null=True, help_text="null where the answer is of this moment")
