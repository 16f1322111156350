"""App configuration."""

from django.apps import AppConfig


class ModelingConfig(AppConfig):
    """The modeling app."""

    name = "modeling"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say which jobs this app does, tell exports where feature files are, and lineages what stands on a version."""
        from datasets.questions import declare_questions
        from datasets.runner import declare_handlers
        from datasets.services.exports import register_feature_provider
        from datasets.services.lineage import register_teller
        from datasets.services.receivers import register_feature_receiver
        from modeling.lineage import feature_sets_on, runs_on
        from modeling.selectors import feature_files
        from modeling.services.imported import keep_imported_features

        declare_handlers("modeling.runner.extraction", "extract_clip", "extract_features")
        declare_handlers("modeling.runner.training", "train")
        declare_handlers("modeling.runner.mapping", "map_representations")
        declare_handlers("modeling.runner.trials", "try_trial", "sweep")
        declare_handlers("modeling.services.publishing", "train_on_publish")
        declare_questions("modeling.services.questions", "experiment_intervals", "run_errors", "run_comparison")
        register_feature_provider(feature_files)
        register_feature_receiver(keep_imported_features)
        register_teller("feature_sets", feature_sets_on)
        register_teller("runs", runs_on)
