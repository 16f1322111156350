"""System checks for settings that cannot work; commands run them before anything else."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, register


@register("cueset")
def storage_is_reachable(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Only folders are supported as storage so far; another scheme must not be taken silently for the default."""
    scheme = urlsplit(settings.STORAGE_URL).scheme
    if scheme == "file":
        return []
    hint = "Use file:///path/of/a/folder; several machines can mount the same one."
    message = (
        f"STORAGE_URL={settings.STORAGE_URL} cannot be used: {scheme or 'nothing'} is no scheme of a folder. {hint}"
    )
    return [Error(message, id="cueset.E001")]
