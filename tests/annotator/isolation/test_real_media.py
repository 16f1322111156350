"""Real voices and faces pass, where the folder of real media is at hand."""

import subprocess

import pytest

from annotator.isolation.faces import find_face_boxes
from annotator.isolation.frames import sample_frames
from annotator.isolation.parameters import IsolationParameters
from annotator.isolation.rendition import make_rendition
from annotator.isolation.video_file import VideoFile
from datasets.media.programs import ffmpeg
from datasets.vocabulary import Modality
from tests.conftest import SHARED_MEDIA

pytestmark = pytest.mark.skipif(not SHARED_MEDIA.is_dir(), reason="needs the folder of real media beside the project")
VOICES = ("mandarin_news_8s.wav", "mandarin_poem_5s.wav", "mandarin_phrase_1s.flac", "one_face_2s.mp4")


@pytest.mark.parametrize("name", VOICES)
def test_a_recorded_voice_passes_its_audit(tmp_path, name):
    audit = make_rendition(SHARED_MEDIA / name, tmp_path / "a.m4a", Modality.AUDIO, IsolationParameters(), "", 7)
    assert audit.findings == ()


def test_a_recorded_face_is_found_and_its_video_passes(tmp_path):
    clip = tmp_path / "clip.mp4"
    piece = ["-ss", "12", "-t", "1.5", "-i", SHARED_MEDIA / "one_speaker_20s.mp4"]
    subprocess.run([ffmpeg(), "-v", "error", *piece, clip], check=True)
    assert len(find_face_boxes(sample_frames(VideoFile(clip), 2.0))) == 1
    audit = make_rendition(clip, tmp_path / "v.mp4", Modality.VISION, IsolationParameters(), "我很高兴", 7)
    assert audit.findings == ()
