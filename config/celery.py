"""The Celery app: it carries wake-ups only; the job ledger in the database is the queue of record."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
TRANSPORT_ALIASES["filesystem"] = "config.broker:Transport"  # what `filesystem://` addresses mean

app = Celery("cueset")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
