"""App configuration."""

from django.apps import AppConfig


class ModelingConfig(AppConfig):
    """The modeling app."""

    name = "modeling"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the kinds of jobs that this app does, and tell exports where feature files are."""
        import modeling.runner.extraction
        import modeling.runner.training
        import modeling.services.publishing  # noqa: F401
        from datasets.services.exports import register_feature_provider
        from modeling.selectors import feature_files

        register_feature_provider(feature_files)
