"""Sentences that are kept for people: in English, with a stable code and facts by which pages say them otherwise."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

Fact = str | int | float
Stored = str | Mapping[str, Any]  # as a database keeps it: words alone from before there were codes; Any: JSON


@dataclass(frozen=True)
class Sentence:
    """What is said: in English for commands and logs, by code and facts for pages in another language.

    >>> print(sentence("stream_missing", "There is no {kind} stream.", kind="audio"))
    There is no audio stream.
    """

    code: str
    english: str
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.english

    def as_record(self) -> dict[str, Any]:  # Any: JSON
        """As it is stored, and as the API gives it."""
        return asdict(self)


# Where there is nothing to tell.
NOTHING = Sentence("", "")


def sentence(code: str, template: str, /, **facts: Fact) -> Sentence:
    """A sentence from a template with its facts in braces.

    Write the code as it is: a test finds it in the source and asks for its words.
    """
    return Sentence(code, template.format(**facts), facts)


def as_record(stored: Stored) -> dict[str, Any]:  # Any: JSON
    """A stored sentence in its one shape; one from before there were codes has none."""
    return Sentence("", stored).as_record() if isinstance(stored, str) else dict(stored)


def as_records(stored: Iterable[Stored]) -> list[dict[str, Any]]:  # Any: JSON
    """Stored sentences in their one shape."""
    return [as_record(each) for each in stored]


def in_english(stored: Iterable[Stored]) -> str:
    """Stored sentences one after the other, for commands."""
    return " ".join(as_record(each)["english"] for each in stored)
