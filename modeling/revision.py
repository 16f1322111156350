"""Which code is running."""

import subprocess
from functools import cache

from django.conf import settings


@cache
def code_revision() -> str:
    """Git revision of the running code, with a + when files were changed since; blank outside a repository."""
    try:
        described = subprocess.run(
            ["git", "describe", "--always", "--abbrev=40", "--exclude=*", "--dirty=+"],  # noqa: S607 - whichever git
            cwd=settings.BASE_DIR,
            capture_output=True,
            check=True,
            text=True,
            timeout=10,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return described.stdout.strip()
