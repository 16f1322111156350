"""A clip is decoded once for all that is looked for in its pictures, unless they are too many to keep."""

import pytest

from annotator.isolation import clip_file
from annotator.isolation.clip_file import MOST_KEPT, ClipFile
from annotator.isolation.frames import sample_frames
from annotator.isolation.parameters import IsolationParameters
from tests.videos import make_numbered_video


@pytest.fixture
def decodings(monkeypatch):
    """The files that were decoded, in turn."""
    files = []

    def sample(video, *given, **named):
        files.append(video)
        return sample_frames(video, *given, **named)

    monkeypatch.setattr(clip_file, "sample_frames", sample)
    return files


@pytest.mark.parametrize(("seconds", "times"), [(3, 1), (MOST_KEPT // 2, 1), (MOST_KEPT // 2 + 1, 2)])
def test_few_pictures_are_decoded_once_and_many_are_not_kept(tmp_path, decodings, seconds, times):
    clip = ClipFile(make_numbered_video(tmp_path / "clip.mp4", frames=seconds * 10, rate="10"), IsolationParameters())
    first, again = list(clip.pictures()), list(clip.pictures())
    assert [time for time, _ in first] == [time for time, _ in again] == [0.25 + i / 2 for i in range(seconds * 2)]
    assert all((one == other).all() for (_, one), (_, other) in zip(first, again, strict=True))
    assert len(decodings) == times


def test_what_was_looked_at_in_part_is_not_taken_for_the_whole(tmp_path, decodings):
    clip = ClipFile(make_numbered_video(tmp_path / "clip.mp4", frames=30, rate="10"), IsolationParameters())
    next(clip.pictures())
    assert len(list(clip.pictures())) == 6
    assert len(decodings) == 2
