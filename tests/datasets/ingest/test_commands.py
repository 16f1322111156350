"""The two import commands: what they print and how they exit."""

import json

import pytest
from django.core.management import CommandError, call_command

from datasets.models import Clip, Project
from tests.videos import make_video

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(tmp_path):
    make_video(tmp_path / "talk.mp4", seconds=0.6)
    return tmp_path


def manifest(folder, *rows):
    path = folder / "clips.csv"
    path.write_text("video,start,end,transcript\n" + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_import_clips_makes_the_project_and_prints_one_object(folder, capsys):
    rows = manifest(folder, "talk.mp4,0,0.4,好", "none.mp4,0,1,好")
    call_command("import_clips", folder, manifest=rows, project="new", as_json=True)
    printed = json.loads(capsys.readouterr().out)
    assert (printed["project"], printed["clips"], printed["sources"]) == ("new", 1, 1)
    assert [(row["line"], row["subject"], row["code"]) for row in printed["rejected"]] == [
        (3, "none.mp4", "no_such_file")
    ]
    assert Clip.objects.get().project == Project.objects.get(name="new")


def test_import_clips_tells_people_each_line_that_stayed_out(folder, capsys):
    call_command(
        "import_clips", folder, manifest=manifest(folder, "talk.mp4,0,0.4,好", "none.mp4,0,1,好"), project="new"
    )
    assert capsys.readouterr().out.splitlines() == [
        "1 clips of 1 sources went into new.",
        "line 3 (none.mp4): there is no file “none.mp4” in the imported folder",
    ]


def test_import_clips_atomic_fails_with_the_report_and_one_line(folder, capsys):
    rows = manifest(folder, "talk.mp4,0,0.4,好", "none.mp4,0,1,好")
    with pytest.raises(CommandError, match="1 of 2 rows are bad, the first in line 3") as error:
        call_command("import_clips", folder, manifest=rows, project="new", atomic=True, as_json=True)
    assert "\n" not in str(error.value)
    assert json.loads(capsys.readouterr().out)["clips"] == 0
    assert not Clip.objects.exists()


@pytest.mark.parametrize("missing", ["folder", "manifest"])
def test_what_is_not_there_is_named_and_no_project_is_made(folder, missing):
    rows = manifest(folder, "talk.mp4,0,0.4,好")
    where = folder / "nowhere" if missing == "folder" else folder
    with pytest.raises(CommandError, match="There is no"):
        call_command(
            "import_clips", where, manifest=folder / "no.csv" if missing == "manifest" else rows, project="new"
        )
    assert not Project.objects.exists()


def test_import_chsims_prints_one_object(tmp_path, capsys):
    make_video(tmp_path / "Raw" / "v" / "0001.mp4", seconds=0.4)
    (tmp_path / "label.csv").write_text(
        "video_id,clip_id,text,label,label_T,label_A,label_V,annotation,mode\n"
        "v,0001,好,0.2,0.2,0.2,0.2,Positive,train\n",
        encoding="utf-8",
    )
    call_command("import_chsims", tmp_path, project="new", as_json=True)
    printed = json.loads(capsys.readouterr().out)
    assert (printed["clips"], printed["labels"], printed["rejected"]) == (1, 4, [])
