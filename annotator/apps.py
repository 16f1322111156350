"""App configuration."""

from django.apps import AppConfig


class AnnotatorConfig(AppConfig):
    """The annotator app."""

    name = "annotator"
    default_auto_field = "django.db.models.BigAutoField"
