"""WSGI entry for the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

# Routes are read now rather than with the first request; and what a worker holds from its start it holds to its end:
# each time the collector looked through all of it, somebody waited a tenth of a second for nothing.
get_resolver().url_patterns  # noqa: B018
gc.collect()
gc.freeze()
