"""App configuration."""

from django.apps import AppConfig


class ModelingConfig(AppConfig):
    """The modeling app."""

    name = "modeling"
    default_auto_field = "django.db.models.BigAutoField"
