"""Analyses that take long: by one job for all who ask, kept with the facts they are of, safe from crashes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from config.errors import Conflict, NotAllowed
from config.sentences import Sentence
from datasets import jobs, questions
from datasets.models import Analysis, Job, Project
from datasets.questions import Question, Stamp, registers
from datasets.runner import run_job, work_once
from datasets.services.analyses import answer_here, ask, refresh
from tests.factories import ProjectFactory

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """What no handler catches: the worker is gone."""


class Rows:
    """What the toy question is of: numbers that grow in number, and a unit in which they are added."""

    def __init__(self) -> None:
        self.numbers = [1, 2, 3]
        self.unit = "metres"
        self.computed = 0
        self.meanwhile = lambda: None


@pytest.fixture
def rows():
    return Rows()


@pytest.fixture
def total(project, rows, monkeypatch, settings):
    """The question of a sum, never quick."""
    settings.ANALYSES_AT_ONCE = 0
    monkeypatch.setattr(questions, "QUESTIONS", {})

    @registers
    class Total(Question):
        kind = "total"
        title = Sentence("", "Total of everything")

        def __init__(self, project: Project) -> None:
            self.project, self.subject = project, str(project.pk)

        @classmethod
        def of(cls, subject, parameters):
            return cls(Project.objects.get(pk=subject))

        def size(self):
            return len(rows.numbers)

        def stamp(self):
            return Stamp(rows.unit, len(rows.numbers))

        def newer(self, last_fact):
            return len(rows.numbers) - last_fact

        def compute(self, report):
            rows.computed += 1
            found = {"total": sum(rows.numbers), "unit": rows.unit}
            rows.meanwhile()
            report(1, 2, Sentence("", "adding"))
            return found

        def completed(self, answer):
            return answer | {"name": self.project.name}

        def require_sight(self, user):
            if user.username == "blind":
                raise NotAllowed("You must not know this.")

    return Total(project)


def test_what_is_quick_is_computed_at_once_and_not_kept(total, rows, settings):
    settings.ANALYSES_AT_ONCE = 3
    asked = ask(total)
    assert (asked.answer["total"], asked.analysis, Analysis.objects.count()) == (6, None, 0)
    rows.numbers.append(4)
    assert ask(total).job.state == Job.State.QUEUED


def test_the_first_who_asks_begins_a_job_and_others_share_it(total, rows):
    first, second = ask(total), ask(total)
    assert first.answer is second.answer is None
    assert first.job == second.job == Job.objects.get()
    assert (first.job.state, first.job.title, rows.computed) == ("queued", "Total of everything", 0)
    work_once("media")
    answered = ask(total)
    assert answered.answer == {"total": 6, "unit": "metres", "name": total.project.name}
    assert (answered.newer, answered.job, rows.computed) == (0, None, 1)


def test_an_answer_stands_while_facts_come_and_tells_how_many(total, rows):
    ask(total)
    work_once("media")
    rows.numbers += [4, 5]
    asked = ask(total)
    assert (asked.answer["total"], asked.newer, asked.job) == (6, 2, None)
    assert Job.objects.count() == 1


def test_what_comes_while_it_is_computed_counts_as_newer(total, rows):
    rows.meanwhile = lambda: rows.numbers.append(4)
    ask(total)
    work_once("media")
    assert (ask(total).answer["total"], ask(total).newer) == (6, 1)


def test_with_other_settings_the_answer_is_none_any_more(total, rows):
    ask(total)
    work_once("media")
    rows.unit = "feet"
    asked = ask(total)
    assert (asked.answer, asked.job.state) == (None, "queued")
    work_once("media")
    assert ask(total).answer["unit"] == "feet"


def test_computing_anew_is_one_job_and_the_old_answer_stands_meanwhile(total, rows, admin):
    analysis = ask(total).analysis
    work_once("media")
    rows.numbers.append(4)
    begun, joined = refresh(analysis=analysis, actor=admin), refresh(analysis=analysis, actor=admin)
    assert begun.job == joined.job
    asked = ask(total)
    assert (asked.answer["total"], asked.newer, asked.job.created_by) == (6, 1, admin)
    work_once("media")
    assert (ask(total).answer["total"], ask(total).newer, ask(total).job) == (10, 0, None)


def test_who_may_not_know_the_answer_cannot_have_it_computed(total, stranger):
    analysis = ask(total).analysis
    stranger.username = "blind"
    with pytest.raises(NotAllowed):
        refresh(analysis=analysis, actor=stranger)


def test_a_job_tells_how_far_it_is_and_can_be_cancelled(total, rows, monkeypatch, admin):
    monkeypatch.setattr(
        "datasets.runner.Work.progress", lambda work, done, total, doing="": (work.renew(done=done), work.check())
    )
    ask(total)
    rows.meanwhile = lambda: jobs.cancel_job(job=Job.objects.get())
    work_once("media")
    job = Job.objects.get()
    assert (job.state, job.done) == (Job.State.CANCELLED, 1)
    asked = ask(total)  # asking alone begins nothing again
    assert (asked.answer, asked.job, Job.objects.count()) == (None, job, 1)
    rows.meanwhile = lambda: None
    refresh(analysis=asked.analysis, actor=admin)
    work_once("media")
    assert ask(total).answer["total"] == 6


def test_a_job_that_broke_is_shown_until_it_is_tried_again_or_settings_change(total, rows):
    rows.meanwhile = lambda: 1 / 0
    ask(total)
    while work_once("media"):
        pass
    assert (ask(total).job.state, ask(total).job.error) == ("failed", "ZeroDivisionError: division by zero")
    rows.meanwhile = lambda: None
    jobs.retry_job(job=Job.objects.get())
    work_once("media")
    assert ask(total).answer["total"] == 6


def test_what_broke_with_other_settings_is_begun_anew(total, rows):
    ask(total)
    jobs.cancel_job(job=Job.objects.get())
    rows.unit = "feet"
    assert ask(total).job.state == "queued"


def test_what_a_killed_worker_left_is_finished_by_another(total, rows):
    def die():
        raise Killed

    ask(total)
    rows.meanwhile = die
    job = jobs.claim_next(worker="killed", queue="media")
    with pytest.raises(Killed):
        run_job(job)
    assert ask(total).job.state == "running"
    rows.meanwhile = lambda: None
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    jobs.sweep()
    work_once("media")
    assert (ask(total).answer["total"], Job.objects.get().attempts) == (6, 2)


def test_a_worker_that_lost_its_lease_writes_no_answer(total, rows):
    ask(total)
    rows.meanwhile = lambda: Job.objects.update(fence=99)
    work_once("media")
    assert Analysis.objects.get().answer is None


def test_a_command_computes_in_its_own_process_and_keeps_the_answer_for_the_pages(total, rows, settings):
    assert answer_here(total)["total"] == 6
    assert (ask(total).answer["total"], Job.objects.count()) == (6, 0)
    rows.numbers.append(4)
    assert answer_here(total)["total"] == 10
    Analysis.objects.all().delete()
    settings.ANALYSES_AT_ONCE = 4
    assert answer_here(total)["total"] == 10
    assert not Analysis.objects.exists()


def test_what_is_frozen_is_computed_once(total, rows, settings, admin):
    type(total).frozen = True
    settings.ANALYSES_AT_ONCE = 3
    assert [ask(total).answer["total"], answer_here(total)["total"], rows.computed] == [6, 6, 1]
    with pytest.raises(Conflict, match="never changes"):
        refresh(analysis=Analysis.objects.get(), actor=admin)


def test_the_same_of_other_subjects_is_another_analysis(total):
    ask(total)
    ask(type(total)(ProjectFactory()))
    assert (Analysis.objects.count(), Job.objects.count()) == (2, 2)
