"""The script that reports on a folder of recordings tells in words what was found."""

from benchmarks.isolation import as_table, measure
from tests.videos import H264, make_video


def test_a_recording_that_is_silent_has_its_note_in_the_table(tmp_path):
    recording = make_video(tmp_path / "silent.mp4", seconds=1.0, options=(*H264, "-af", "volume=0"))
    table = as_table([measure(recording, tmp_path, "default")])
    assert "silent.mp4: The clip is silent; so is its rendition." in table
    assert "audio: 1 of 1 pass" in table
