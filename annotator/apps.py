"""App configuration."""

from django.apps import AppConfig


class AnnotatorConfig(AppConfig):
    """The annotator app."""

    name = "annotator"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say which jobs this app does."""
        from datasets.runner import declare_handlers

        declare_handlers("annotator.runner", "make_renditions", "make_clip_renditions")
