"""Shapes of exports."""

from typing import Any

from rest_framework import serializers

from datasets.models import Export
from datasets.serializers.jobs import JobSerializer
from datasets.services.exports import FORMATS


class ExportRequestSerializer(serializers.Serializer[Any]):
    """Which file to make."""

    format = serializers.ChoiceField(choices=FORMATS, default="chsims")
    include_media = serializers.BooleanField(default=True, help_text="put the clips' videos in")
    although_withdrawn = serializers.BooleanField(
        default=False, help_text="must be true for a version that was withdrawn; the files then say so"
    )


class ExportSerializer(serializers.ModelSerializer[Export]):
    """A file made from a version; without sha256 and bytes until its job has ended well."""

    job = JobSerializer(allow_null=True)
    include_media = serializers.BooleanField(source="options.include_media")
    download_url = serializers.SerializerMethodField()

    class Meta:
        model = Export
        fields = (
            "id", "version", "format", "include_media", "job", "sha256", "bytes", "created_at", "download_url",
        )  # fmt: skip

    def get_download_url(self, export: Export) -> str | None:
        """Where the file is; null until it is complete."""
        return f"/api/exports/{export.pk}/download/" if export.file else None
