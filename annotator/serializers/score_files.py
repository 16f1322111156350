"""Shapes of files of scores and of what is to be done with them."""

from rest_framework import serializers

from annotator.foreign_scores import COLUMNS, LABEL_STUDIO, TABLE
from annotator.models import ScoreFile


class ScoreFileSerializer(serializers.ModelSerializer[ScoreFile]):
    """A file that was sent: what it is, and a table's columns."""

    kind = serializers.ChoiceField(choices=[TABLE, LABEL_STUDIO])
    columns = serializers.ListField(child=serializers.CharField())
    missing = serializers.SerializerMethodField(help_text="our columns that a table does not have under their names")

    class Meta:
        model = ScoreFile
        fields = ("id", "campaign", "name", "bytes", "sha256", "kind", "encoding", "columns", "missing", "sent_at")

    def get_missing(self, file: ScoreFile) -> list[str]:
        """Those to be named by the request that imports."""
        return [name for name in COLUMNS if name not in file.columns] if file.kind == TABLE else []


class AnnotationsImportSerializer(serializers.Serializer[object]):
    """Which file to import, and how to read it."""

    file = serializers.UUIDField(help_text="id of a file that was sent for this campaign")
    columns = serializers.DictField(
        child=serializers.CharField(),
        required=False,
        help_text="by our name of a column, the name that the table uses where it is another",
    )
    dry_run = serializers.BooleanField(required=False, default=False, help_text="tell what would happen, write nothing")
    simulated = serializers.BooleanField(required=False, default=False)
