"""The audit finds whatever a file holds beyond its modality."""

import subprocess

import pytest

from annotator.isolation.audit import findings_in_file, voice_findings
from annotator.isolation.intelligibility import VoiceFigures
from annotator.isolation.parameters import IsolationParameters
from datasets.media.programs import ffmpeg
from datasets.vocabulary import Modality
from tests.videos import make_video

TRANSCRIPT = "今天的天气真好，我很高兴。"
CLEAN = ("-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-empty_hdlr_name", "1")
GOOD = VoiceFigures(0.2, 0.99, 0.01, 0.9, 0.97, 0.9, 0.9, 0.9, 0.2)


def findings(path, modality):
    return " ".join(map(str, findings_in_file(path, modality, TRANSCRIPT)[1]))


@pytest.fixture
def clean(tmp_path):
    plain = make_video(tmp_path / "plain.mp4")
    bare = tmp_path / "clean.mp4"
    filtered = ("-map_metadata", "-1", "-c", "copy", "-bsf:v", "filter_units=remove_types=6")
    subprocess.run([ffmpeg(), "-v", "error", "-i", plain, *filtered, *CLEAN, bare], check=True)
    return bare


def remade(clean, *options):
    path = clean.with_name("remade.mp4")
    subprocess.run([ffmpeg(), "-v", "error", "-i", clean, "-c", "copy", *CLEAN, *options, path], check=True)
    return path


def test_a_clean_file_has_no_findings(clean):
    assert findings(clean, Modality.MULTIMODAL) == ""


def test_sound_in_the_vision_stage_and_picture_in_the_audio_stage_are_found(clean):
    assert "does not belong there: audio:aac" in findings(clean, Modality.VISION)
    assert "does not belong there: video:h264" in findings(clean, Modality.AUDIO)


def test_a_missing_stream_is_found(clean):
    assert "has no audio stream" in findings(remade(clean, "-an"), Modality.MULTIMODAL)


def test_a_second_sound_is_found(clean):
    assert "does not belong" in findings(remade(clean, "-map", "0", "-map", "0:a"), Modality.MULTIMODAL)


@pytest.mark.parametrize("tag", ["title=x", "comment=x", "artist=x"])
def test_a_tag_is_found(clean, tag):
    assert f"tag {tag.split('=')[0]}" in findings(remade(clean, "-metadata", tag), Modality.MULTIMODAL)


def test_the_name_of_a_stream_is_found(clean):
    named = remade(clean, "-metadata:s:v", "handler_name=camera of Li", "-empty_hdlr_name", "0")
    assert "tag handler_name" in findings(named, Modality.MULTIMODAL)


@pytest.mark.parametrize("code", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("part", [TRANSCRIPT, "我很高兴"])
def test_words_of_the_transcript_among_the_bytes_are_found(clean, code, part):
    clean.write_bytes(clean.read_bytes() + part.encode(code))
    assert "words of the transcript" in findings(clean, Modality.MULTIMODAL)


def test_the_mark_of_captions_is_found(clean):
    clean.write_bytes(clean.read_bytes() + b"\xb5\x001GA94\x03")
    assert "GA94" in findings(clean, Modality.MULTIMODAL)


def test_good_and_missing_figures_are_no_findings():
    assert voice_findings(GOOD, IsolationParameters()) == []
    assert voice_findings(VoiceFigures(*[None] * 9), IsolationParameters()) == []


@pytest.mark.parametrize("position", range(9))
def test_each_figure_beyond_its_threshold_is_one_finding(position):
    values = list(vars(GOOD).values())
    values[position] = 0.9 if position in (0, 2, 8) else 0.1
    assert len(voice_findings(VoiceFigures(*values), IsolationParameters())) == 1
