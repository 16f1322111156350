"""App configuration."""

from django.apps import AppConfig


class DatasetsConfig(AppConfig):
    """The datasets app."""

    name = "datasets"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say which jobs and analyses this app does."""
        from datasets.questions import declare_questions
        from datasets.runner import declare_handlers

        declare_handlers("datasets.services.importing", "import_clips", "import_chsims", "import_features")
        declare_handlers("datasets.services.exporting", "export_version")
        declare_handlers("datasets.services.analyses", "analyse")
        declare_handlers("datasets.services.searching", "fingerprint_clips", "search_leaks")
        declare_handlers("datasets.services.publishing", "publish_version", "preview_version")
        declare_questions("datasets.services.figures", "version_figures")
        declare_questions("datasets.services.differences", "version_difference")
