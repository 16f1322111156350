"""Wiring: settings, URLs, the Celery app and the conventions of API and commands."""
