"""What long analyses ask: each kind knows how to answer, and how to tell cheaply whether facts are others now."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from importlib import import_module
from typing import Any, ClassVar, NamedTuple, Self

from django.contrib.auth.models import User

from config.sentences import NOTHING, Sentence
from datasets.models import Analysis, Project

# Told how far it is (done, total, what is done now); raises to stop.
Report = Callable[[int, int, Sentence], None]


def unheard(done: int, total: int, doing: Sentence = NOTHING) -> None:
    """A report that nobody listens to."""


class Stamp(NamedTuple):
    """A state of the facts that an answer depends on, read in milliseconds.

    Facts are only ever added, with growing ids: an answer of fewer is still true of those. With other settings it is
    true of nothing any more.
    """

    settings: str = ""
    last_fact: int = 0


class Question(ABC):
    """Something that is asked of many rows; subclasses are registered with `registers` and made again by `of`."""

    kind: ClassVar[str]
    # What is asked of what never changes is computed once and kept for ever.
    frozen: ClassVar[bool] = False

    project: Project
    subject: str
    parameters: str = ""

    @property
    @abstractmethod
    def title(self) -> Sentence:
        """What is asked, for the ledger."""

    @classmethod
    @abstractmethod
    def of(cls, subject: str, parameters: str) -> Self:
        """The question about the subject with these ids; NotFound when it is gone."""

    @abstractmethod
    def size(self) -> int:
        """How many rows must be read for an answer, about."""

    @abstractmethod
    def compute(self, report: Report) -> dict[str, Any]:
        """The answer, as JSON may hold it; this is what takes long."""

    def stamp(self) -> Stamp:
        """The facts as they are now. Raise the settings of a kind when its answers get another shape."""
        return Stamp()

    def newer(self, last_fact: int) -> int | None:
        """How many facts came after; None for what is frozen."""
        return None

    def completed(self, answer: dict[str, Any]) -> dict[str, Any]:
        """The answer with what is so quickly read that it is read anew each time."""
        return answer

    @abstractmethod
    def require_sight(self, user: User) -> None:
        """Raise NotAllowed for people of the project's staff who may not know the answer."""


QUESTIONS: dict[str, type[Question]] = {}
# Kind -> module that has it; imported when first needed, so that web and commands start quickly.
HOMES: dict[str, str] = {}


def declare_questions(module: str, *kinds: str) -> None:
    """Say in which module the questions of these kinds live; apps do it when they are ready."""
    HOMES.update(dict.fromkeys(kinds, module))


def registers(question: type[Question]) -> type[Question]:
    """Let the questions of a class be found by their kind."""
    QUESTIONS[question.kind] = question
    return question


def question_of(analysis: Analysis) -> Question:
    """What a stored analysis asks."""
    if analysis.kind not in QUESTIONS:
        import_module(HOMES[analysis.kind])
    return QUESTIONS[analysis.kind].of(analysis.subject, analysis.parameters)
