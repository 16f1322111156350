"""What a browser is given to perceive in a stage, by the table in annotator.shown, and nothing else of the clip."""

from collections.abc import Callable
from typing import Any

from annotator.judging import reading_seconds
from annotator.models import Reference
from annotator.shown import plays_file, shows_transcript
from annotator.tokens import MediaAddress, reference_address
from datasets.vocabulary import Modality


def perceivable(modality: Modality, transcript: str, address: Callable[[], MediaAddress]) -> dict[str, Any]:
    """The words, and the address of the file or the time that reading takes."""
    entry: dict[str, Any] = {}
    if shows_transcript(modality):
        entry["transcript"] = transcript
    if plays_file(modality):
        found = address()
        entry |= {"media_url": found.url, "expires_at": found.expires_at}
    else:
        entry["reading_seconds"] = reading_seconds(transcript)
    return entry


def reference_entry(reference: Reference, user_id: int) -> dict[str, Any]:
    """A reference clip as its stage shows it, under the number of the reference."""
    modality = Modality(reference.modality)
    shown = perceivable(modality, reference.clip.transcript, lambda: reference_address(user_id, reference.pk))
    return {"reference": reference.pk, **shown}
