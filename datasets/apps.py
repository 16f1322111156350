"""App configuration."""

from django.apps import AppConfig


class DatasetsConfig(AppConfig):
    """The datasets app."""

    name = "datasets"
    default_auto_field = "django.db.models.BigAutoField"
