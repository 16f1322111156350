"""The Celery app: it carries wake-ups only; the job ledger in the database is the queue of record."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("cueset")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
