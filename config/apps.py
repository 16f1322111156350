"""App configuration."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The wiring, as an app for its commands and system checks."""

    name = "config"

    def ready(self) -> None:
        """Register the system checks."""
        import config.checks  # noqa: F401
