"""App configuration."""

from django.apps import AppConfig


class AnnotatorConfig(AppConfig):
    """The annotator app."""

    name = "annotator"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the kinds of jobs known to the ledger."""
        from annotator import runner  # noqa: F401
