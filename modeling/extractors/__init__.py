"""Extractors by name, each in a file of its own, and whether this machine can run them."""

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import cache

from django.conf import settings

from config.errors import NotFound
from datasets.vocabulary import Modality
from modeling.extractors.bert import Bert
from modeling.extractors.egemaps import Egemaps
from modeling.extractors.interface import Extractor
from modeling.extractors.landmarks import Landmarks
from modeling.extractors.lsa import Lsa

# In the order of the modalities; the first of a modality needs no download.
EXTRACTORS: Mapping[str, tuple[Modality, Callable[[], Extractor]]] = {
    Lsa.name: (Lsa.modality, Lsa),
    Bert.name: (Bert.modality, lambda: Bert(settings.BERT_MODEL)),
    Egemaps.name: (Egemaps.modality, Egemaps),
    Landmarks.name: (Landmarks.modality, Landmarks),
}


class NoSuchExtractor(NotFound):
    """No extractor of this name works on this modality."""

    code = "no_such_extractor"


@cache
def extractor(name: str) -> Extractor:
    """The extractor of this name, loaded once per process; NoSuchExtractor lists the names there are."""
    if name not in EXTRACTORS:
        raise NoSuchExtractor(f"There is no extractor named “{name}” (there are: {', '.join(EXTRACTORS)}).")
    return EXTRACTORS[name][1]()


def extractor_for(modality: Modality, name: str) -> Extractor:
    """The extractor of this name; NoSuchExtractor when it works on another modality."""
    names = [each for each, (of, _) in EXTRACTORS.items() if of == modality]
    if name not in names:
        raise NoSuchExtractor(f"There is no {modality} extractor named “{name}” (there are: {', '.join(names)}).")
    return extractor(name)


def digest(chosen: Extractor) -> str:
    """Hash of everything that changes what an extractor gives for the same clip."""
    identity = {"name": chosen.name, "version": chosen.version, "settings": dict(chosen.settings)}
    return hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()
