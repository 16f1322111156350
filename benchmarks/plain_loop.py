"""The least that a labeling loop in Django can be: one view that inserts an answer and reads the next four clips.

No session, no rights, no stages, no idempotency, nothing checked: the floor beside which the product is measured. This
one file is its settings, its routes, its view and its WSGI application.
"""

import json
import os

from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.http import HttpRequest, JsonResponse
from django.urls import path

from config.settings import DATABASES, SECRET_KEY  # noqa: F401 - the same database in the same way

ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "benchmarks.plain_loop"
USE_TZ = True
TABLES = (
    "CREATE TABLE IF NOT EXISTS plain_clip (id integer PRIMARY KEY, transcript varchar(100) NOT NULL)",
    "CREATE TABLE IF NOT EXISTS plain_answer (answer_key varchar(64) PRIMARY KEY, clip integer, score integer)",
)


def make_tables(clips: int) -> None:
    """Two tables, and clips to read."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(table)
        cursor.execute("DELETE FROM plain_clip")
        cursor.executemany(
            "INSERT INTO plain_clip (id, transcript) VALUES (%s, %s)", [(n, f"第{n}句话") for n in range(clips)]
        )


def answer(request: HttpRequest) -> JsonResponse:
    """Keep the answer, on disk before it is acknowledged, and give the next clips."""
    sent = json.loads(request.body)
    with connection.cursor() as cursor:
        with transaction.atomic():
            row = (sent["idempotency_key"], sent["clip"], sent["score"])
            cursor.execute("INSERT INTO plain_answer (answer_key, clip, score) VALUES (%s, %s, %s)", row)
        cursor.execute("SELECT id, transcript FROM plain_clip WHERE id > %s ORDER BY id LIMIT 4", [sent["clip"]])
        queue = [{"assignment": clip, "transcript": transcript} for clip, transcript in cursor.fetchall()]
    return JsonResponse({"queue": queue}, status=201)


urlpatterns = [path("answer/", answer)]
if os.environ.get("DJANGO_SETTINGS_MODULE") == "benchmarks.plain_loop":
    application = get_wsgi_application()
