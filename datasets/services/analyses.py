"""Answers that take long: computed within the request where little is asked, else by a job and kept."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from config.errors import Conflict
from datasets.jobs import enqueue
from datasets.models import Analysis, Job
from datasets.questions import Question, Report, Stamp, question_of, unheard
from datasets.runner import Work, handles
from datasets.services.imports import WAITED_FOR


@dataclass(frozen=True)
class Asked:
    """What is known of a question: its answer, if there is one, and the stored analysis unless it is of this moment."""

    answer: dict[str, Any] | None
    analysis: Analysis | None = None
    newer: int | None = None  # facts that came after the answer was computed; None for what is frozen

    @property
    def job(self) -> Job | None:
        """What computes it, or broke doing so."""
        job = self.analysis.job if self.analysis else None
        return None if job is None or job.state == Job.State.SUCCEEDED else job


def ask(question: Question, *, actor: User | None = None) -> Asked:
    """The answer of this moment if it is quick to compute, else the latest; None where a job has to compute the first.

    Where settings are others than the latest answer's, that is no answer any more. A job that failed or was cancelled
    is not begun again by asking.
    """
    if not question.frozen and is_quick(question):
        return Asked(question.completed(question.compute(unheard)))
    analysis, stamp = find_analysis(question), question.stamp()
    if analysis and (answer := standing_answer(analysis, stamp)) is not None:
        return Asked(question.completed(answer), analysis, question.newer(analysis.last_fact))
    if is_quick(question):
        return Asked(question.completed(keep_answer(question, question.compute(unheard), stamp)))
    if analysis is None or not has_begun(analysis, stamp):
        analysis = begin(question, actor=actor)
    return Asked(None, analysis)


def answer_here(question: Question, report: Report = unheard) -> dict[str, Any]:
    """The answer of this moment, computed in this process however long it takes, and kept for those who would wait."""
    analysis, stamp = find_analysis(question), question.stamp()
    if question.frozen and analysis and (kept := standing_answer(analysis, stamp)) is not None:
        return question.completed(kept)
    answer = question.compute(report)
    if question.frozen or not is_quick(question):
        keep_answer(question, answer, stamp)
    return question.completed(answer)


def refresh(*, analysis: Analysis, actor: User) -> Asked:
    """Compute it anew by a job, or join the one that does; NotAllowed for those who may not know the answer."""
    question = question_of(analysis)
    question.require_sight(actor)
    if question.frozen and analysis.answer is not None:
        raise Conflict(f"{question.title} is of what never changes: computed anew it would be the same.")
    analysis = begin(question, actor=actor)
    return Asked(None, analysis, question.newer(analysis.last_fact))


def is_quick(question: Question) -> bool:
    """Whether an answer is of so few rows that it is computed within the request."""
    most: int = settings.ANALYSES_AT_ONCE
    return question.size() <= most


def find_analysis(question: Question) -> Analysis | None:
    """The stored analysis of a question."""
    return Analysis.objects.filter(**identity(question)).select_related("job").first()


def identity(question: Question) -> dict[str, str]:
    """By what a question is known."""
    return {"kind": question.kind, "subject": question.subject, "parameters": question.parameters}


def standing_answer(analysis: Analysis, stamp: Stamp) -> dict[str, Any] | None:
    """Its answer, if it has one by the settings of now."""
    answer: dict[str, Any] | None = analysis.answer
    return answer if analysis.settings == stamp.settings else None


def has_begun(analysis: Analysis, stamp: Stamp) -> bool:
    """Whether a job is at it, or ended badly at the same."""
    job = analysis.job
    if job is None or job.state not in Job.ENDED:
        return job is not None
    return job.state != Job.State.SUCCEEDED and str(job.payload["settings"]) == stamp.settings


@transaction.atomic
def begin(question: Question, *, actor: User | None = None) -> Analysis:
    """Have a job compute the answer; the one that is at it already where two ask at once."""
    made, _ = Analysis.objects.get_or_create(**identity(question), defaults={"project": question.project})
    analysis = Analysis.objects.select_for_update(of=("self",)).select_related("job").get(pk=made.pk)
    if analysis.job is None or analysis.job.state in Job.ENDED:
        analysis.job = enqueue(
            kind="analyse",
            title=question.title,
            queue="media",
            payload={"analysis": str(analysis.pk), "settings": question.stamp().settings},
            project=question.project,
            created_by=actor,
            priority=WAITED_FOR,
        )
        analysis.save(update_fields=["job"])
    return analysis


@transaction.atomic
def keep_answer(question: Question, answer: dict[str, Any], stamp: Stamp) -> dict[str, Any]:
    """Store an answer that this process computed; returns it."""
    facts = {"answer": answer, **stamp._asdict(), "computed_at": timezone.now()}
    Analysis.objects.update_or_create(
        **identity(question), defaults=facts, create_defaults=facts | {"project": question.project}
    )
    return answer


@handles("analyse")
def analyse(work: Work) -> dict[str, Any]:
    """Payload: the analysis. What comes in while it is computed counts as newer."""
    question = question_of(Analysis.objects.get(pk=work.payload["analysis"]))
    stamp = question.stamp()
    answer = question.compute(work.progress)
    with work.commit():
        keep_answer(question, answer, stamp)
    return {"analysis": work.payload["analysis"]}
