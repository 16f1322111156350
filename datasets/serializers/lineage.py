"""Shape of a version's lineage."""

from typing import Any

from rest_framework import serializers

from config.api import SentenceSerializer
from datasets.models import MODALITIES, Version
from datasets.services.lineage import lineage_of


class TakenSerializer(serializers.Serializer[Any]):
    """A download."""

    by = serializers.CharField()
    at = serializers.DateTimeField()


class RelativeSerializer(serializers.Serializer[Any]):
    """One thing that a version came from or that stands on it."""

    id = serializers.CharField()
    name = serializers.CharField()
    said = SentenceSerializer(
        allow_null=True, help_text="its name for pages in other languages, where it is a sentence"
    )
    at = serializers.DateTimeField(allow_null=True)
    by = serializers.CharField(allow_null=True)
    state = serializers.CharField(help_text="of the ledger, or withdrawn; blank for what has none")
    clips = serializers.IntegerField(allow_null=True, help_text="clips of the version that belong to it, where told")
    modality = serializers.ChoiceField(MODALITIES, allow_null=True, help_text="of a feature set")
    on = serializers.ListField(child=serializers.CharField(), help_text="ids of the relatives that it was made of")
    downloads = TakenSerializer(many=True, help_text="of an export, the latest first")


class RelativesSerializer(serializers.Serializer[Any]):
    """Those of one kind: how many there are, and the first of them."""

    total = serializers.IntegerField()
    shown = RelativeSerializer(many=True)


class LineageVersionSerializer(serializers.ModelSerializer[Version]):
    """The version in the middle."""

    author = serializers.CharField(source="created_by.username", default=None, allow_null=True)

    class Meta:
        model = Version
        fields = ("id", "project", "number", "sha256", "notes", "author", "created_at", "withdrawn_at", "simulated")


class LineageSerializer(serializers.Serializer[Any]):
    """What a version came from (sources, imports, campaigns, its parent) and what stands on it."""

    version = LineageVersionSerializer()
    sources = RelativesSerializer(help_text="videos that its clips were cut from, most clips first")
    imports = RelativesSerializer(help_text="imports into the project that had begun when it was published")
    campaigns = RelativesSerializer(help_text="that settled its labels")
    parents = RelativesSerializer(help_text="the version that it followed")
    children = RelativesSerializer(help_text="versions that followed it")
    exports = RelativesSerializer(help_text="files made from it, with their downloads")
    feature_sets = RelativesSerializer()
    runs = RelativesSerializer()


def lineage_facts(version: Version) -> dict[str, Any]:
    """A version's lineage as the API tells it."""
    return {"version": version, **lineage_of(version)}
