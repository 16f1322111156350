"""Loaded by pytest before Django (see addopts): tests never touch the home folder of the machine's own Cueset."""

import atexit
import os
import shutil
import tempfile

home = tempfile.mkdtemp(prefix="cueset-tests-")
atexit.register(shutil.rmtree, home, ignore_errors=True)
os.environ["CUESET_HOME"] = home
os.environ.setdefault("CELERY_BROKER_URL", "memory://")
