"""Scores from a file."""

import csv
import io
import json
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotator.errors import BadTable, CampaignNotOpen
from annotator.foreign_scores import COLUMNS
from annotator.models import Annotation, Assignment, Membership, Progress
from annotator.services import writing_scores
from annotator.services.annotators import change_annotator
from annotator.services.progress import recount
from annotator.services.states import close_campaign
from datasets.ingest.tables import TableError
from datasets.vocabulary import Modality
from tests.factories import UserFactory, make_campaign
from tests.score_tables import import_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(campaign):
    """A score of 1 for everything that there is to rate."""
    return rows_of(campaign)


def rows_of(campaign, score="1"):
    return [
        [clip.source.video_id, clip.clip_id, modality, member.annotator.username, score]
        for member in campaign.memberships.select_related("annotator")
        for modality in Modality
        for clip in (place.clip for place in campaign.campaign_clips.select_related("clip__source"))
    ]


def table(rows, columns=COLUMNS):
    text = io.StringIO()
    csv.writer(text).writerows([columns, *rows])
    return text.getvalue()


def run(campaign, rows, **how):
    return import_text(campaign, table(rows), **how)


def counts(report):
    return tuple(report[name] for name in ("added", "superseded", "unchanged", "rejected_count"))


def test_every_good_row_becomes_the_score_that_counts(campaign, rows):
    assert counts(run(campaign, rows)) == (24, 0, 0, 0)
    assert set(Assignment.objects.values_list("current__score", "current__origin")) == {(1, "import")}


def test_simulated_scores_say_so(campaign, rows):
    run(campaign, rows[:1], simulated=True)
    assert Annotation.objects.get().origin == "simulated"


def test_importing_again_changes_nothing(campaign, rows):
    run(campaign, rows)
    assert counts(run(campaign, rows)) == (0, 0, 24, 0)
    assert Annotation.objects.count() == 24


def test_another_value_supersedes_the_earlier_one(campaign, rows):
    run(campaign, rows)
    first = Annotation.objects.earliest("pk")
    rows[0][4] = "-3"
    assert counts(run(campaign, rows[:1])) == (0, 1, 0, 0)
    assert Annotation.objects.latest("pk").supersedes == first
    assert first.assignment.current.score == -3


@pytest.mark.parametrize(
    ("column", "value", "code", "facts"),
    [
        (0, "nowhere", "unknown_clip", {"video": "nowhere"}),
        (1, "nothing", "unknown_clip", {"clip": "nothing"}),
        (2, "video", "bad_modality", {"found": "video"}),
        (3, "stranger", "unknown_annotator", {"annotator": "stranger"}),
        (4, "4", "bad_score", {"found": "4"}),
        (4, "1.5", "bad_score", {"found": "1.5"}),
        (4, "", "bad_score", {"found": ""}),
        (4, "１", "bad_score", {"found": "１"}),
    ],
)
def test_a_bad_row_is_reported_with_its_line_and_the_others_go_in(campaign, rows, column, value, code, facts):
    rows[1][column] = value
    report = run(campaign, rows[:3])
    (bad,) = report["rejected"]
    assert (bad["line"], bad["code"]) == (3, code)
    assert facts.items() <= bad["facts"].items()
    assert all(str(fact) in bad["reason"] for fact in facts.values())
    assert report["added"] == 2


def test_a_clip_named_twice_is_reported_with_the_earlier_line(campaign, rows):
    report = run(campaign, [rows[0], rows[1], rows[0]])
    assert report["added"] == 2
    (bad,) = report["rejected"]
    assert (bad["line"], bad["code"], bad["facts"]) == (4, "doubled_row", {"earlier": 2})


def test_a_row_that_is_too_short_is_a_bad_row(campaign, rows):
    assert counts(run(campaign, [rows[0][:3]])) == (0, 0, 0, 1)


def test_lines_are_those_of_an_editor_also_behind_a_text_of_several_lines(campaign, rows):
    text = table([[*rows[0], "a note\nof three\nlines"], ["?", "?", "text", "?", "1", ""]], (*COLUMNS, "note"))
    assert [bad["line"] for bad in import_text(campaign, text)["rejected"]] == [5]


def test_signs_blanks_other_columns_and_a_byte_order_mark_do_no_harm(campaign, rows):
    text = "\ufeff" + table([[*rows[0][:4], " +2 ", "note"]], columns=(*COLUMNS, "remark"))
    assert import_text(campaign, text)["added"] == 1
    assert Annotation.objects.get().score == 2


def test_a_table_without_its_columns_is_refused(campaign):
    with pytest.raises(BadTable, match="lacks annotator, score"):
        import_text(campaign, "video_id,clip_id,modality\n")


def test_a_table_with_a_column_twice_is_refused(campaign):
    with pytest.raises(BadTable, match="score more than once"):
        import_text(campaign, ",".join([*COLUMNS, "score"]) + "\n")


def test_nothing_of_a_file_that_breaks_off_goes_in(campaign, rows):
    with pytest.raises(TableError, match="check its quotes"):
        import_text(campaign, table(rows) + '"an open quote')
    assert not Annotation.objects.exists()


def test_a_closed_campaign_takes_no_scores(campaign, rows):
    close_campaign(campaign=campaign)
    with pytest.raises(CampaignNotOpen):
        run(campaign, rows)


def test_people_who_are_excluded_or_still_joining_are_left_out(campaign, rows):
    first = campaign.memberships.select_related("annotator").earliest("pk")
    change_annotator(campaign=campaign, pseudonym=first.pseudonym, state=Membership.State.EXCLUDED, reason="left")
    newcomer = UserFactory()
    Membership.objects.create(campaign=campaign, annotator=newcomer, pseudonym="A9", state="joining")
    report = run(campaign, [*rows, [*rows[0][:3], newcomer.username, "1"]])
    assert counts(report) == (16, 0, 0, 9)
    codes = {(bad["code"], bad["facts"]["annotator"]) for bad in report["rejected"]}
    assert codes == {("annotator_excluded", first.annotator.username), ("annotator_joining", newcomer.username)}


def test_somebody_who_was_asked_about_other_clips_only_is_told_so(campaign, rows):
    Assignment.objects.filter(clip__clip_id=rows[0][1], membership__annotator__username=rows[0][3]).delete()
    assert [bad["code"] for bad in run(campaign, rows[:2])["rejected"]] == ["not_asked"]


def test_the_number_of_queries_does_not_grow_with_the_table(project):
    small, large = make_campaign(project, clips=1, name="small"), make_campaign(project, clips=6, name="large")
    asked = []
    for campaign in (small, large):
        rows = rows_of(campaign)
        with CaptureQueriesContext(connection) as queries:
            run(campaign, rows)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_pieces_leave_everything_as_one_transaction_would(campaign, rows, monkeypatch):
    monkeypatch.setattr(writing_scores, "ROWS_AT_ONCE", 5)
    assert counts(run(campaign, [*rows, rows[0]])) == (24, 0, 0, 1)
    assert set(Assignment.objects.values_list("current__score", flat=True)) == {1}
    kept = list(Progress.objects.order_by("pk").values_list("pk", "done", "total"))
    recount(campaign.memberships.all())
    assert list(Progress.objects.order_by("pk").values_list("pk", "done", "total")) == kept


def test_a_hundred_thousand_rows_of_nobody_are_counted_within_seconds_and_the_first_told(campaign):
    row = "v,c,text,nobody,1\n"
    began = time.monotonic()
    report = import_text(campaign, f"{','.join(COLUMNS)}\n{row * 100_000}", dry_run=True)
    assert (report["rejected_count"], len(report["rejected"])) == (100_000, 100)
    assert time.monotonic() - began < 30


def test_a_dry_run_tells_what_would_happen_and_writes_nothing(campaign, rows):
    report = run(campaign, [*rows, ["?", "?", "text", "?", "1"]], dry_run=True)
    assert counts(report) == (24, 0, 0, 1)
    assert not Annotation.objects.exists()
    assert not campaign.project.events.filter(verb="imported annotations").exists()
    assert run(campaign, rows)["added"] == 24


def test_a_table_whose_columns_have_other_names_is_read_by_a_mapping(campaign, rows):
    foreign = table(rows, ["video", "clip", "modality", "worker", "rating"])
    with pytest.raises(BadTable, match="say which column holds what"):
        import_text(campaign, foreign)
    columns = {"video_id": "video", "clip_id": "clip", "annotator": "worker", "score": "rating"}
    assert import_text(campaign, foreign, columns=columns)["added"] == len(rows)


def task(row, value, **annotation):
    video_id, clip_id, modality, annotator, _ = row
    result = [{"from_name": modality, "type": "rating", "value": value}]
    facts = {"completed_by": {"username": annotator}, "result": result} | annotation
    return {"data": {"video_id": video_id, "clip_id": clip_id}, "annotations": [facts]}


def test_label_studios_export_goes_in_with_bad_answers_told(campaign, rows):
    tasks = [task(row, {"rating": 7}) for row in rows[:-2]]
    tasks += [task(rows[-2], {"number": 9}), task(rows[-1], {"rating": 1}, was_cancelled=True)]
    report = import_text(campaign, "\ufeff" + json.dumps(tasks))
    assert report["added"] == len(rows) - 2
    assert set(Annotation.objects.values_list("score", flat=True)) == {3}
    (bad,) = report["rejected"]
    assert (bad["line"], bad["code"], bad["facts"]) == (len(rows) - 1, "bad_score", {"found": "9"})


def test_a_task_of_label_studio_may_hold_the_answers_of_several_people(campaign, rows):
    mine = [row for row in rows if row[1] == rows[0][1]]
    several = task(mine[0], {"rating": 5})
    several["annotations"] = [answer for row in mine for answer in task(row, {"rating": 5})["annotations"]]
    assert import_text(campaign, json.dumps([several]))["added"] == len(mine) == 12


@pytest.mark.parametrize(
    "value",
    [None, [], {"number": "two"}, {"number": True}, {"rating": None}, {"rating": "x"}, {"choices": [1, 2]}, {}],
)
def test_an_answer_of_label_studio_that_is_no_number_is_a_bad_row(campaign, rows, value):
    assert [bad["code"] for bad in import_text(campaign, json.dumps([task(rows[0], value)]))["rejected"]] == [
        "bad_score"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[{",
        "[1]",
        '[{"annotations": []}]',
        '[{"data": {}, "annotations": 3}]',
        '[{"data": {}, "annotations": [3]}]',
        '[{"data": {}, "annotations": [{"result": [3]}]}]',
        "[" * 20_000,
    ],
)
def test_json_that_is_no_export_of_label_studio_is_one_error(campaign, text):
    with pytest.raises(BadTable):
        import_text(campaign, text)
