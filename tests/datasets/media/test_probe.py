"""A probe tells what a file holds, whatever its kind, and refuses what is no media file."""

import subprocess
from fractions import Fraction

import pytest

from datasets.media.command import MediaError
from datasets.media.probe import probe
from datasets.media.programs import ffmpeg
from tests.videos import make_video


def run(*arguments):
    subprocess.run([ffmpeg(), "-v", "error", "-y", *arguments], check=True)


def test_streams_rates_and_length_are_told(tmp_path):
    found = probe(make_video(tmp_path / "a.mp4"))
    assert (found.video.codec, found.video.width, found.video.height) == ("h264", 160, 120)
    assert (found.video.frame_rate, found.video.frames, found.video.has_constant_rate) == (Fraction(25), 25, True)
    assert (found.audio.codec, found.audio.rate, found.audio.channels) == ("aac", 44100, 1)
    assert found.duration == pytest.approx(1.0, abs=0.05)
    assert (found.extra_streams, found.chapters) == ((), 0)


def test_a_missing_stream_is_none(tmp_path):
    assert probe(make_video(tmp_path / "mute.mp4", tone=None)).audio is None
    run("-f", "lavfi", "-i", "sine=d=1", tmp_path / "sound.wav")
    assert probe(tmp_path / "sound.wav").video is None


def test_sound_that_starts_late_says_when(tmp_path):
    source = make_video(tmp_path / "a.mp4", seconds=2.0)
    copied = ("-map", "0:v", "-map", "1:a", "-c", "copy")
    run("-i", source, "-itsoffset", "3", "-i", source, *copied, tmp_path / "late.mkv")
    assert probe(tmp_path / "late.mkv").audio.start == pytest.approx(3.0, abs=0.05)


def test_mp3_in_mp4_and_hevc_in_mov_are_read(tmp_path):
    source = make_video(tmp_path / "a.mp4")
    run("-i", source, "-c:v", "copy", "-c:a", "libmp3lame", tmp_path / "mp3.mp4")
    assert probe(tmp_path / "mp3.mp4").audio.codec == "mp3"
    run("-i", source, "-c:v", "libx265", "-x265-params", "log-level=error", "-tag:v", "hvc1", tmp_path / "h.mov")
    assert probe(tmp_path / "h.mov").video.codec == "hevc"


def test_a_turned_picture_is_measured_as_it_is_shown(tmp_path):
    source = make_video(tmp_path / "a.mp4")
    run("-display_rotation", "90", "-i", source, "-c", "copy", tmp_path / "turned.mp4")
    turned = probe(tmp_path / "turned.mp4").video
    assert turned.rotation in {90, 270}
    assert turned.shown_size == (120, 160)


def test_cover_art_subtitles_chapters_and_tags_are_seen(tmp_path):
    source = make_video(tmp_path / "a.mp4")
    (tmp_path / "s.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nsecret\n")
    (tmp_path / "m.txt").write_text(
        ";FFMETADATA1\ntitle=secret\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=500\ntitle=one\n"
    )
    run("-i", source, "-frames:v", "1", tmp_path / "cover.png")
    inputs = ("-i", source, "-i", tmp_path / "s.srt", "-i", tmp_path / "cover.png", "-i", tmp_path / "m.txt")
    maps = ("-map", "0", "-map", "1", "-map", "2", "-map_metadata", "3", "-map_chapters", "3")
    run(*inputs, *maps, "-c", "copy", "-c:s", "mov_text", "-disposition:v:1", "attached_pic", tmp_path / "full.mp4")
    found = probe(tmp_path / "full.mp4")
    assert {"subtitle:mov_text", "picture:png"} <= set(found.extra_streams)
    assert found.chapters == 1
    assert ("container", "title", "secret") in found.tags


def test_a_text_file_and_a_missing_file_are_refused_in_one_sentence(tmp_path):
    (tmp_path / "notes.mp4").write_text("not a video")
    with pytest.raises(MediaError, match=r"^notes\.mp4 could not be processed: [^\n]*$"):
        probe(tmp_path / "notes.mp4")
    with pytest.raises(MediaError, match="does not exist"):
        probe(tmp_path / "none.mp4")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{}\n#EXT-X-ENDLIST\n"),
        ("list.ffconcat", "ffconcat version 1.0\nfile {}\n"),
    ],
)
def test_a_playlist_cannot_make_ffmpeg_open_another_file(tmp_path, name, text):
    other = make_video(tmp_path / "other.mp4")
    (tmp_path / name).write_text(text.format(other.name))
    with pytest.raises(MediaError):
        probe(tmp_path / name)


def test_a_name_that_reads_as_a_protocol_or_an_option_is_only_a_name(tmp_path):
    for name in ("concat:a.mp4", "-i.mp4", "a|b'c\".mp4"):
        assert probe(make_video(tmp_path / name)).video is not None
