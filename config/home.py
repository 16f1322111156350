"""The folder that holds everything a running Cueset remembers: database, media, runs, secret key."""

import os
import secrets
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent


def home_folder() -> Path:
    """Folder named by CUESET_HOME (default `var/` beside manage.py), made if it is missing."""
    home = Path(os.environ.get("CUESET_HOME") or BASE_DIR / "var").resolve()
    home.mkdir(parents=True, exist_ok=True)
    return home


def secret_key(home: Path) -> str:
    """Key that signs sessions and media URLs: from CUESET_SECRET_KEY, else made once, readable by its owner only."""
    given = os.environ.get("CUESET_SECRET_KEY")
    if given:
        return given
    path = home / "secret_key"
    try:
        # O_EXCL: of two processes that start together, one writes and the other reads.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(64))
    return path.read_text()
