"""Extractors by name, each in a file of its own, and whether this machine can run them."""

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import cache

from django.conf import settings

from config.errors import NotFound
from datasets.vocabulary import Modality
from modeling.extractors.interface import Extractor

EXTRACTORS: Mapping[str, Modality] = {
    "lsa": Modality.TEXT,
    "bert": Modality.TEXT,
    "egemaps": Modality.AUDIO,
    "landmarks": Modality.VISION,
}


class NoSuchExtractor(NotFound):
    """No extractor of this name works on this modality."""

    code = "no_such_extractor"


@cache
def extractor(name: str) -> Extractor:
    """The extractor of this name, loaded once per process; NoSuchExtractor lists the names there are."""
    if name not in EXTRACTORS:
        raise NoSuchExtractor(f"There is no extractor named “{name}” (there are: {', '.join(EXTRACTORS)}).")
    return _MAKERS[name]()


# Each module is imported when its extractor is first wanted: their libraries are heavy.
def _lsa() -> Extractor:
    from modeling.extractors.lsa import Lsa

    return Lsa()


def _bert() -> Extractor:
    from modeling.extractors.bert import Bert

    return Bert(settings.BERT_MODEL)


def _egemaps() -> Extractor:
    from modeling.extractors.egemaps import Egemaps

    return Egemaps()


def _landmarks() -> Extractor:
    from modeling.extractors.landmarks import Landmarks

    return Landmarks()


_MAKERS: Mapping[str, Callable[[], Extractor]] = {
    "lsa": _lsa,
    "bert": _bert,
    "egemaps": _egemaps,
    "landmarks": _landmarks,
}


def names_of(modality: Modality) -> list[str]:
    """Names of the extractors that work on this modality."""
    return [name for name, of in EXTRACTORS.items() if of == modality]


def extractor_for(modality: Modality, name: str) -> Extractor:
    """The extractor of this name; NoSuchExtractor when it works on another modality."""
    if name not in names_of(modality):
        raise NoSuchExtractor(
            f"There is no {modality} extractor named “{name}” (there are: {', '.join(names_of(modality))})."
        )
    return extractor(name)


def digest(chosen: Extractor) -> str:
    """Hash of everything that changes what an extractor gives for the same clip."""
    identity = {"name": chosen.name, "version": chosen.version, "settings": dict(chosen.settings)}
    return hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()
