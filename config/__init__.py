"""Wiring: settings, URLs, the Celery app and the conventions of API and commands."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
