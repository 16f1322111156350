"""Media addresses that work for one person, one assignment or reference clip, and a few minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.utils import timezone

from annotator.errors import MediaRefused

SALT = "annotator.media"


@dataclass(frozen=True)
class MediaAddress:
    """Where a file is, and until when."""

    url: str
    expires_at: datetime


def address_for(user_id: int, assignment_id: UUID) -> MediaAddress:
    """An address that this person alone can open, for `settings.MEDIA_URL_SECONDS`."""
    return _signed(user_id, assignment_id.hex)


def reference_address(user_id: int, reference_id: int) -> MediaAddress:
    """The same for a reference clip, which no assignment stands for."""
    return _signed(user_id, reference_id)


def _signed(user_id: int, what: str | int) -> MediaAddress:
    token = signing.dumps([user_id, what], salt=SALT)
    expires_at = timezone.now() + timedelta(seconds=settings.MEDIA_URL_SECONDS)
    return MediaAddress(url=f"/media/{token}/", expires_at=expires_at)


def read_token(token: str, user: User) -> UUID | int:
    """The assignment, or the number of the reference, that the address is for.

    MediaRefused when it is forged, expired or somebody else's.
    """
    try:
        owner, what = signing.loads(token, salt=SALT, max_age=settings.MEDIA_URL_SECONDS)
    except signing.SignatureExpired as error:
        raise MediaRefused("This media address has expired; ask for the stage again to get a new one.") from error
    except signing.BadSignature as error:
        raise MediaRefused("This media address was not given out by this server.") from error
    if owner != user.pk:
        raise MediaRefused("This media address was given to somebody else.")
    return what if isinstance(what, int) else UUID(what)
