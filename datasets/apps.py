"""App configuration."""

from django.apps import AppConfig


class DatasetsConfig(AppConfig):
    """The datasets app."""

    name = "datasets"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make this app's kinds of job known to workers."""
        from datasets.ingest import runner  # noqa: F401
        from datasets.services import exports  # noqa: F401
