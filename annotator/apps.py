"""App configuration."""

from django.apps import AppConfig


class AnnotatorConfig(AppConfig):
    """The annotator app."""

    name = "annotator"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what this app does by jobs and analyses; tell of campaigns behind a version and how they isolated it."""
        from annotator.selectors.lineage import campaigns_behind
        from annotator.selectors.published_isolation import isolation_reports
        from datasets.questions import declare_questions
        from datasets.runner import declare_handlers
        from datasets.services.lineage import register_teller
        from datasets.services.receivers import register_isolation_reporter

        declare_handlers("annotator.runner", "make_renditions", "make_clip_renditions")
        declare_handlers(
            "annotator.campaign_jobs",
            "make_campaign",
            "add_annotators",
            "import_annotations",
            "aggregate",
            "change_repeats",
        )
        declare_questions(
            "annotator.services.questions", "campaign_quality", "campaign_contested", "campaign_rules",
            "campaign_figures",
        )  # fmt: skip
        register_teller("campaigns", campaigns_behind)
        register_isolation_reporter(isolation_reports)
