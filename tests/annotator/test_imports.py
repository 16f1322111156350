"""Scores from a table."""

import csv
import io
import json
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotator.errors import BadTable, CampaignNotOpen
from annotator.foreign_scores import COLUMNS
from annotator.models import Annotation, Assignment
from annotator.services.imports import import_annotations
from annotator.services.states import close_campaign
from datasets.vocabulary import Modality
from tests.factories import make_campaign

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


def run(campaign, rows, **options):
    return import_annotations(campaign=campaign, table=table(rows), **options)


def test_every_good_row_becomes_the_score_that_counts(campaign, rows):
    report = run(campaign, rows)
    assert (report.added, report.bad_rows) == (24, [])
    assert set(Assignment.objects.values_list("current__score", "current__origin")) == {(1, "import")}


def test_simulated_scores_say_so(campaign, rows):
    run(campaign, rows[:1], simulated=True)
    assert Annotation.objects.get().origin == "simulated"


def test_importing_again_changes_nothing(campaign, rows):
    run(campaign, rows)
    report = run(campaign, rows)
    assert (report.added, report.superseded, report.unchanged) == (0, 0, 24)
    assert Annotation.objects.count() == 24


def test_another_value_supersedes_the_earlier_one(campaign, rows):
    run(campaign, rows)
    first = Annotation.objects.earliest("pk")
    rows[0][4] = "-3"
    report = run(campaign, rows[:1])
    assert (report.superseded, report.unchanged) == (1, 0)
    assert Annotation.objects.latest("pk").supersedes == first
    assert first.assignment.current.score == -3


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        (0, "nowhere", "no clip"),
        (1, "nothing", "no clip"),
        (2, "video", "no modality"),
        (3, "stranger", "not an annotator"),
        (4, "4", "no score"),
        (4, "1.5", "no score"),
        (4, "", "no score"),
        (4, "１", "no score"),
    ],
)
def test_a_bad_row_is_reported_with_its_line_and_the_others_go_in(campaign, rows, column, value, reason):
    rows[1][column] = value
    report = run(campaign, rows[:3])
    (bad,) = report.bad_rows
    assert bad["line"] == 3
    assert reason in bad["reason"]
    assert report.added == 2


def test_a_clip_named_twice_is_reported_with_the_earlier_line(campaign, rows):
    report = run(campaign, [rows[0], rows[1], rows[0]])
    assert report.added == 2
    assert report.bad_rows == [{"line": 4, "reason": report.bad_rows[0]["reason"]}]
    assert "on line 2" in report.bad_rows[0]["reason"]


def test_a_row_that_is_too_short_is_a_bad_row(campaign, rows):
    report = import_annotations(campaign=campaign, table=table([rows[0][:3]]))
    assert len(report.bad_rows) == 1


def test_signs_blanks_other_columns_and_a_byte_order_mark_do_no_harm(campaign, rows):
    text = "\ufeff" + table([[*rows[0][:4], " +2 ", "note"]], columns=(*COLUMNS, "remark"))
    assert import_annotations(campaign=campaign, table=text).added == 1
    assert Annotation.objects.get().score == 2


def test_a_table_without_its_columns_is_refused(campaign):
    with pytest.raises(BadTable, match="lacks annotator, score"):
        import_annotations(campaign=campaign, table="video_id,clip_id,modality\n")


def test_a_closed_campaign_takes_no_scores(campaign, rows):
    close_campaign(campaign=campaign)
    with pytest.raises(CampaignNotOpen):
        run(campaign, rows)


def test_the_number_of_queries_does_not_grow_with_the_table(project):
    small, large = make_campaign(project, clips=1, name="small"), make_campaign(project, clips=6, name="large")
    counts = []
    for campaign in (small, large):
        rows = rows_of(campaign)
        with CaptureQueriesContext(connection) as queries:
            run(campaign, rows)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_file_of_nothing_but_unknown_clips_takes_no_longer(campaign):
    rows = [["nowhere", str(number), "text", "nobody", "1"] for number in range(20_000)]
    start = time.monotonic()
    assert len(run(campaign, rows).bad_rows) == 20_000
    assert time.monotonic() - start < 5


def test_a_dry_run_tells_what_would_happen_and_writes_nothing(campaign, rows):
    report = import_annotations(campaign=campaign, table=table([*rows, ["?", "?", "text", "?", "1"]]), dry_run=True)
    assert (report.added, len(report.bad_rows)) == (len(rows), 1)
    assert not Annotation.objects.exists()
    assert import_annotations(campaign=campaign, table=table(rows)).added == len(rows)


def test_a_table_whose_columns_have_other_names_is_read_by_a_mapping(campaign, rows):
    foreign = table(rows, ["video", "clip", "modality", "worker", "rating"])
    with pytest.raises(BadTable, match="say which column holds what"):
        import_annotations(campaign=campaign, table=foreign)
    columns = {"video_id": "video", "clip_id": "clip", "annotator": "worker", "score": "rating"}
    assert import_annotations(campaign=campaign, table=foreign, columns=columns).added == len(rows)


def test_label_studios_export_goes_in_with_bad_answers_told(campaign, rows):
    def task(row, value, **annotation):
        video_id, clip_id, modality, annotator, _ = row
        result = [{"from_name": modality, "type": "rating", "value": value}]
        facts = {"completed_by": {"username": annotator}, "result": result} | annotation
        return {"data": {"video_id": video_id, "clip_id": clip_id}, "annotations": [facts]}

    tasks = [task(row, {"rating": 7}) for row in rows[:-2]]
    tasks += [task(rows[-2], {"number": 9}), task(rows[-1], {"rating": 1}, was_cancelled=True)]
    report = import_annotations(campaign=campaign, table=json.dumps(tasks))
    assert report.added == len(rows) - 2
    assert set(Annotation.objects.values_list("score", flat=True)) == {3}
    assert [row["line"] for row in report.bad_rows] == [len(rows) - 1]
    assert "“9” is no score" in report.bad_rows[0]["reason"]


@pytest.mark.parametrize("text", ["[{", "[1]", '[{"annotations": []}]'])
def test_json_that_is_no_export_of_label_studio_is_one_error(campaign, text):
    with pytest.raises(BadTable):
        import_annotations(campaign=campaign, table=text)


def test_a_hundred_thousand_rows_of_nobody_are_each_told_within_seconds(campaign):
    row = "v,c,text,nobody,1\n"
    began = time.monotonic()
    report = import_annotations(campaign=campaign, table=f"{','.join(COLUMNS)}\n{row * 100_000}", dry_run=True)
    assert len(report.bad_rows) == 100_000
    assert time.monotonic() - began < 60
