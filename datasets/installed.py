"""Read a version of this installation in a notebook, beside `datasets.reader`, which reads exports anywhere."""

import os
import warnings
from typing import TYPE_CHECKING

from datasets.features import Ragged, open_ragged
from datasets.reader import Frames, ReadVersion

if TYPE_CHECKING:
    from datasets.models import Version


def read_installed(project: str, version: str) -> ReadVersion:
    """A project's version by its number, or by the first characters of its SHA-256; NotFound lists those there are.

    With the newest complete features of text, audio and vision, where there are all three. Warns when it was withdrawn.
    """
    set_up()
    from datasets.media.storage import local
    from datasets.selectors.versions import manifest_of
    from datasets.services.exports import feature_files

    found = find(project, version)
    if found.withdrawn_at:
        warnings.warn(f"Version {found.number} was withdrawn: {found.withdrawn_reason}", stacklevel=2)
    features = {}
    for modality, key in feature_files(found).items():
        with local(key) as path:
            features[modality] = ragged_frames(open_ragged(path))  # stays mapped when a fetched copy is deleted
    return ReadVersion(project, found.number, found.sha256, manifest_of(found), features)


def set_up() -> None:
    """Load Django, unless a command has done so."""
    import django
    from django.apps import apps

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # Cells run inside an event loop, where Django refuses the database without this; one cell runs at a time.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    if not apps.ready:
        django.setup()


def find(project: str, version: str) -> "Version":
    """The only version that is meant."""
    from django.db.models import Q

    from config.errors import NotFound
    from datasets.people import find_project

    versions = find_project(project).versions
    found = list(versions.filter(Q(number=version) | Q(sha256__startswith=version))[:2]) if version else []
    if len(found) == 1:
        return found[0]
    known = ", ".join(versions.order_by("created_at").values_list("number", flat=True)) or "none yet"
    which = "several versions" if found else "no version"
    raise NotFound(f"There is {which} “{version}” of “{project}” (versions: {known}).")


def ragged_frames(ragged: Ragged) -> Frames:
    """A feature file as the reader gives features; clips that the extractor failed on are not in it."""

    names = {name: ragged.rows[name] for name in ragged.clips if ragged.has(name)}
    return Frames(names, ragged.dim, ragged.clip)
