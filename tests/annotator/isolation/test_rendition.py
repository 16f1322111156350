"""A rendition holds one modality and nothing else, whatever its clip carries, and is the same when made again."""

import subprocess
from pathlib import Path

import numpy as np
import pytest

from annotator.isolation.boxes import Box
from annotator.isolation.burned_text import Region, find_text_regions
from annotator.isolation.frames import sample_frames
from annotator.isolation.parameters import MASK_METHODS, IsolationParameters
from annotator.isolation.rendition import Order, make_rendition, make_renditions, seed_from_hash
from annotator.isolation.sound import read_voice
from annotator.isolation.video_file import VideoFile
from datasets.media.command import MediaError
from datasets.media.probe import probe
from datasets.media.programs import ffmpeg
from datasets.vocabulary import Modality
from tests.annotator.isolation.captioned import make_captioned_video
from tests.videos import make_video
from tests.voices import RATE, voice

SECRET = "我真的不敢相信"
PLAYED = (Modality.AUDIO, Modality.VISION, Modality.MULTIMODAL)
DEFAULTS = IsolationParameters()


@pytest.fixture(scope="module")
def talkative_clip(tmp_path_factory):
    """A clip that carries its transcript in every place that a Matroska file or an H.264 stream has for text."""
    folder = tmp_path_factory.mktemp("talkative")
    voiced = voice(2.0).astype("<f4").tobytes()
    plain = folder / "plain.mp4"
    picture = ["-f", "lavfi", "-i", "testsrc2=s=322x182:r=25:d=2"]
    sound = ["-f", "f32le", "-ar", str(RATE), "-ac", "1", "-i", "pipe:"]
    # SEI type 5 (user data) carries any text; captions are SEI of type 4, marked GA94.
    letters = "086f3693-b7b3-4f2c-9653-21492feee5b8+" + SECRET
    encoding = ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-bsf:v", f"h264_metadata=sei_user_data={letters}"]
    subprocess.run([ffmpeg(), "-v", "error", *picture, *sound, *encoding, plain], input=voiced, check=True)
    (folder / "s.srt").write_text(f"1\n00:00:00,000 --> 00:00:02,000\n{SECRET}\n", encoding="utf-8")
    chapter = f"[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=900\ntitle={SECRET}\n"
    (folder / "m.txt").write_text(f";FFMETADATA1\ntitle={SECRET}\ncomment={SECRET}\n{chapter}", encoding="utf-8")
    subprocess.run([ffmpeg(), "-v", "error", "-i", plain, "-frames:v", "1", folder / "cover.png"], check=True)
    clip = folder / f"{SECRET}.mkv"
    inputs = ["-i", plain, "-i", folder / "s.srt", "-i", folder / "m.txt"]
    maps = ["-map", "0:v", "-map", "0:a", "-map", "0:a", "-map", "1", "-map_metadata", "2", "-map_chapters", "2"]
    named = ["-metadata:s:a", f"title={SECRET}", "-metadata:s:v", f"title={SECRET}"]
    cover = ["-attach", folder / "cover.png", "-metadata:s:t", "mimetype=image/png"]
    subprocess.run([ffmpeg(), "-v", "error", *inputs, *maps, "-c", "copy", *named, *cover, clip], check=True)
    return clip


def test_the_talkative_clip_does_carry_what_must_be_removed(talkative_clip):
    found = probe(talkative_clip)
    assert found.chapters == 1
    kinds = " ".join(found.extra_streams)
    assert all(kind in kinds for kind in ("audio:", "subtitle:", "picture:"))
    assert talkative_clip.read_bytes().count(SECRET.encode()) >= 6


@pytest.mark.parametrize("modality", PLAYED)
def test_nothing_beside_the_modality_is_left(talkative_clip, tmp_path, modality):
    made = tmp_path / "rendition.mp4"
    make_rendition(talkative_clip, made, modality, DEFAULTS, SECRET, 7)
    found = probe(made)
    assert (found.video is not None, found.audio is not None) == (
        modality is not Modality.AUDIO,
        modality is not Modality.VISION,
    )
    assert (found.extra_streams, found.chapters) == ((), 0)
    assert not {name for _, name, _ in found.tags} & {"title", "comment", "handler_name", "creation_time"}
    assert SECRET.encode() not in made.read_bytes()


@pytest.mark.parametrize("modality", PLAYED)
def test_a_rendition_made_again_is_the_same_to_the_bit(talkative_clip, tmp_path, modality):
    contents = []
    for name in ("first.mp4", "second.mp4"):
        make_rendition(talkative_clip, tmp_path / name, modality, DEFAULTS, SECRET, 7)
        contents.append((tmp_path / name).read_bytes())
    assert contents[0] == contents[1]


def readable(video: Path) -> list[Region]:
    """What can be read in five pictures a second."""
    return find_text_regions(sample_frames(VideoFile(video), 5.0), rate=5.0)


def test_captions_within_the_pictures_data_are_gone(tmp_path):
    captioned = put_captions_into(make_video(tmp_path / "plain.mp4"))
    assert captioned.read_bytes().count(b"GA94") >= 25
    for modality in (Modality.VISION, Modality.MULTIMODAL):
        audit = make_rendition(captioned, tmp_path / "v.mp4", modality, DEFAULTS, SECRET, 7)
        assert audit.passed
        assert b"GA94" not in (tmp_path / "v.mp4").read_bytes()


def put_captions_into(video: Path) -> Path:
    """Put CEA-608 captions, as ATSC A/53 wraps them, before every frame of a video."""
    raw, captioned = video.with_suffix(".h264"), video.with_name("captioned.mkv")
    subprocess.run([ffmpeg(), "-v", "error", "-i", video, "-an", "-c", "copy", raw], check=True)
    payload = b"\xb5\x00\x31GA94\x03\x41\xff\xfc\x94\x20\xff"
    message = b"\0\0\1\x06\x04" + bytes([len(payload)]) + payload + b"\x80"
    units = raw.read_bytes().split(b"\0\0\1")
    raw.write_bytes(
        units[0] + b"".join((message if unit[0] & 31 in (1, 5) else b"") + b"\0\0\1" + unit for unit in units[1:])
    )
    inputs = ["-r", "25", "-i", raw, "-i", video, "-map", "0:v", "-map", "1:a"]
    subprocess.run([ffmpeg(), "-v", "error", *inputs, "-c", "copy", captioned], check=True)
    return captioned


def test_a_voice_passes_its_audit_with_the_length_of_its_clip(talkative_clip, tmp_path):
    audit = make_rendition(talkative_clip, tmp_path / "a.m4a", Modality.AUDIO, DEFAULTS, SECRET, 7)
    assert audit.findings == ()
    assert audit.voice.estoi <= 0.25
    heard, said = read_voice(tmp_path / "a.m4a", RATE), read_voice(talkative_clip, RATE)
    assert heard.size == said.size
    assert np.abs(heard).max() <= 1.0


@pytest.mark.parametrize("method", MASK_METHODS)
def test_captions_in_the_picture_cannot_be_read_after_any_mask(tmp_path, method):
    clip = make_captioned_video(tmp_path / "clip.mp4", [(0.0, 1.0, "WONDERFUL"), (1.0, 2.0, "MORNING")], 2.0)
    settings = IsolationParameters(mask_method=method)
    audit = make_rendition(clip, tmp_path / "v.mp4", Modality.VISION, settings, "wonderful morning", 7)
    assert audit.text_before == ("WONDERFUL", "MORNING")
    assert (audit.passed, audit.text_after) == (True, ())
    assert readable(tmp_path / "v.mp4") == []


def test_a_caption_across_a_face_is_masked_around_it_and_the_conflict_is_told(tmp_path, monkeypatch):
    clip = make_captioned_video(tmp_path / "clip.mp4", [(0.0, 2.0, "WONDERFUL")], 2.0)
    face = Box(0.4, 0.1, 0.6, 0.95)
    monkeypatch.setattr("annotator.isolation.masked_video.find_face_boxes", lambda *given, **named: [face])
    audit = make_rendition(clip, tmp_path / "v.mp4", Modality.VISION, DEFAULTS, "hello", 7)
    assert [conflict.code for conflict in audit.conflicts] == ["text_on_face"]
    assert "WONDERFUL" not in audit.text_after


@pytest.mark.parametrize(("face", "rate"), [(Box(0.4, 0.1, 0.6, 0.95), 2.0), (Box(0.4, 0.1, 0.6, 0.3), 0.5)])
def test_what_is_left_across_a_face_is_read_as_often_as_the_clip(tmp_path, monkeypatch, face, rate):
    clip = make_captioned_video(tmp_path / "clip.mp4", [(0.0, 2.0, "WONDERFUL")], 2.0)
    monkeypatch.setattr("annotator.isolation.masked_video.find_face_boxes", lambda *given, **named: [face])
    rates = []

    def read(*given, **named):
        rates.append(named["rate"])
        return find_text_regions(*given, **named)

    monkeypatch.setattr("annotator.isolation.masked_video.find_text_regions", read)
    make_rendition(clip, tmp_path / "v.mp4", Modality.VISION, DEFAULTS, "hello", 7)
    assert rates[0] == 2.0
    assert set(rates[1:]) == {rate}


def test_a_caption_that_was_overlooked_is_masked_all_the_same(tmp_path):
    clip = make_captioned_video(tmp_path / "clip.mp4", [(0.0, 2.0, "WONDERFUL")], 2.0)
    audit = make_rendition(
        clip, tmp_path / "v.mp4", Modality.VISION, DEFAULTS, "wonderful", 7, text_regions=lambda clip: []
    )
    assert (audit.passed, audit.text_before, audit.text_after) == (True, (), ())
    assert readable(tmp_path / "v.mp4") == []


@pytest.mark.parametrize("start", [0.0, 0.3, 0.6, 1.5])
def test_a_caption_of_half_a_second_is_masked_whenever_it_stands(tmp_path, start):
    clip = make_captioned_video(tmp_path / "clip.mp4", [(start, start + 0.5, "WONDERFUL")], 2.0)
    audit = make_rendition(clip, tmp_path / "v.mp4", Modality.VISION, DEFAULTS, "wonderful", 7)
    assert (audit.passed, audit.text_before) == (True, ("WONDERFUL",))
    assert readable(tmp_path / "v.mp4") == []


def test_videos_are_even_at_most_720_lines_and_never_enlarged(tmp_path):
    options = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv444p", "-s", "1923x1081")
    large = make_video(tmp_path / "large.mkv", seconds=0.2, options=options)
    make_rendition(large, tmp_path / "large.mp4", Modality.MULTIMODAL, DEFAULTS, SECRET, 7)
    made = probe(tmp_path / "large.mp4").video
    assert (made.width, made.height) == (960, 720)  # its pixels were not square; they are now
    small = make_video(tmp_path / "small.mp4", seconds=0.2)
    make_rendition(small, tmp_path / "v.mp4", Modality.MULTIMODAL, DEFAULTS, SECRET, 7)
    assert probe(tmp_path / "v.mp4").video.shown_size == (160, 120)


def test_a_video_starts_at_once_and_can_be_scrubbed(tmp_path):
    clip = make_video(tmp_path / "clip.mp4", seconds=2.0)
    make_rendition(clip, tmp_path / "v.mp4", Modality.MULTIMODAL, DEFAULTS, SECRET, 7)
    content = (tmp_path / "v.mp4").read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")
    keyframes = ["-skip_frame", "nokey", "-i", tmp_path / "v.mp4", "-fps_mode", "passthrough"]
    shown = subprocess.run(
        [ffmpeg(), "-v", "error", *keyframes, "-f", "framemd5", "-an", "-"], capture_output=True, check=True, text=True
    )
    times = [int(line.split(",")[2]) for line in shown.stdout.splitlines() if not line.startswith("#")]
    assert len(times) >= 4


def test_a_clip_that_cannot_be_rendered_leaves_no_file(tmp_path):
    mute = make_video(tmp_path / "mute.mp4", tone=None)
    with pytest.raises(MediaError):
        make_rendition(mute, tmp_path / "a.m4a", Modality.AUDIO, DEFAULTS, SECRET, 7)
    assert [path.name for path in tmp_path.iterdir()] == ["mute.mp4"]


def test_the_text_stage_has_no_file(tmp_path):
    with pytest.raises(ValueError, match="transcript alone"):
        make_rendition(make_video(tmp_path / "a.mp4"), tmp_path / "t", Modality.TEXT, DEFAULTS, SECRET, 7)


def test_the_audit_is_plain_json_with_its_verdict(talkative_clip, tmp_path):
    audit = make_rendition(
        talkative_clip, tmp_path / "a.m4a", Modality.AUDIO, DEFAULTS, SECRET, seed_from_hash("ab" * 32)
    )
    record = audit.as_record()
    assert record["passed"] is True
    assert record["parameters_digest"] == DEFAULTS.digest
    assert record["voice"]["estoi"] == audit.voice.estoi
    assert record["voice"]["denoised_estoi"] <= DEFAULTS.most_denoised_estoi
    assert (record["attachments"], record["chapters"]) == ((), 0)
    assert record["syllables"]["rate"] >= record["syllables"]["rhythm_alone"] > record["syllables"]["chance"]
    assert record["descriptors"]["Loudness"] > 0.7
    assert len(record["descriptors"]) == 25
    assert {"ffmpeg", "ffprobe", "pystoi"} <= set(record["tools"])


@pytest.mark.parametrize("fit_for_the_web", [True, False])
@pytest.mark.parametrize("captions", [[], [(0.0, 2.0, "WONDERFUL")]])
def test_renditions_made_together_are_the_same_to_the_bit_as_made_alone(tmp_path, fit_for_the_web, captions):
    clip = make_captioned_video(tmp_path / "clip.mp4", captions, 2.0)
    if not fit_for_the_web:
        clip = clip.rename(clip.with_suffix(".mkv"))
    order = Order(clip, DEFAULTS, "wonderful", 7)
    together = {modality: tmp_path / f"together.{modality}" for modality in PLAYED}
    audits = make_renditions(order, together)
    for modality in PLAYED:
        alone = tmp_path / f"alone.{modality}"
        audit = make_rendition(clip, alone, modality, DEFAULTS, "wonderful", 7)
        assert alone.read_bytes() == together[modality].read_bytes()
        assert audit == audits[modality]


def test_a_clip_without_sound_still_gets_its_silent_video(tmp_path):
    mute = make_video(tmp_path / "mute.mp4", tone=None)
    paths = {modality: tmp_path / f"made.{modality}" for modality in PLAYED}
    audits = make_renditions(Order(mute, DEFAULTS, SECRET, 7), paths)
    assert audits[Modality.VISION].passed
    assert all(isinstance(audits[each], MediaError) for each in (Modality.AUDIO, Modality.MULTIMODAL))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["made.vision", "mute.mp4"]
