"""Where the material of a dataset comes from and under which terms: what its publisher says, source by source too."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True)
class SourceTerms:
    """What is recorded of one source video."""

    origin: str = ""  # an address, a programme and its day, a recording session
    consent: str = ""  # of the people in it: what it is, and where it is kept


@dataclass(frozen=True)
class Provenance:
    """The publisher's words; blank where nothing was said."""

    description: str = ""
    licence: str = ""  # of the dataset
    collection: str = ""  # how the sources were collected, by whom, when
    consent: str = ""  # of the people in them, as far as it is the same for all
    sources: Mapping[str, SourceTerms] = field(default_factory=dict)  # by video_id; those of which anything is known

    def of_sources(self, video_ids: Iterable[str]) -> "Provenance":
        """The same, of these sources alone."""
        known = {name: self.sources[name] for name in sorted(set(video_ids)) if name in self.sources}
        return Provenance(**{name: getattr(self, name) for name in TEXTS}, sources=known)


TEXTS = ("description", "licence", "collection", "consent")


def provenance_facts(provenance: Provenance) -> dict[str, Any]:
    """As JSON, without what is blank; empty where nothing was said."""
    texts = {name: text for name in TEXTS if (text := getattr(provenance, name))}
    sources = {
        video_id: {each.name: text for each in fields(SourceTerms) if (text := getattr(terms, each.name))}
        for video_id, terms in provenance.sources.items()
    }
    return texts | ({"sources": sources} if sources else {})


def read_provenance(facts: Mapping[str, Any]) -> Provenance:
    """What `provenance_facts` wrote."""
    sources = {video_id: SourceTerms(**terms) for video_id, terms in facts.get("sources", {}).items()}
    return Provenance(**{name: facts.get(name, "") for name in TEXTS}, sources=sources)


def consents_of(provenance: Provenance, sources: int) -> dict[str, int]:
    """How many of a version's sources each recorded consent covers, most first; blank for those without one."""
    recorded = Counter(terms.consent for terms in provenance.sources.values() if terms.consent)
    without = sources - recorded.total()
    return dict(recorded.most_common()) | ({"": without} if without else {})


def origins_known(provenance: Provenance) -> int:
    """How many sources have an origin."""
    return sum(bool(terms.origin) for terms in provenance.sources.values())
