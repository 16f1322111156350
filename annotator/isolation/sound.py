"""Read a clip's voice as samples, and write noised samples as a file that every browser plays."""

from pathlib import Path
from typing import Any

import ffmpeg
import numpy as np
import pyloudnorm
from numpy.typing import NDArray
from scipy import signal

from config.sentences import Sentence, sentence
from datasets.media.command import open_media, run_ffmpeg
from datasets.media.encoding import AAC, ANONYMOUS

Signal = NDArray[np.float64]

PLAYED_RATE = 48000
HIGHEST_PEAK = 0.89  # -1 dBFS, which leaves room for the peaks that AAC adds
LOUDNESS_BLOCK = 0.4


def read_voice(path: Path, rate: int) -> Signal:
    """The first sound of a file, mixed to one channel at `rate` Hz, about -1 … 1."""
    return samples_of(run_ffmpeg(voice_output(open_media(path)["a:0"], rate), reading=path))


def voice_output(sound: Any, rate: int) -> Any:
    """An ffmpeg-python output of a sound, mixed to one channel at `rate` Hz, on standard output."""
    return sound.output("pipe:", format="f32le", acodec="pcm_f32le", ac=1, ar=rate)


def samples_of(raw: bytes) -> Signal:
    """What such an output wrote, as samples about -1 … 1."""
    return np.frombuffer(raw, dtype="<f4").astype(np.float64)


def write_voice(samples: Signal, rate: int, destination: Path, loudness: float) -> tuple[Sentence, ...]:
    """Write samples as 48 kHz AAC at `loudness` LUFS; returns a note where that level could not be reached."""
    played = signal.resample_poly(samples, PLAYED_RATE, rate)
    levelled, notes = _at_loudness(played, loudness)
    source = ffmpeg.input("pipe:", format="f32le", ar=PLAYED_RATE, ac=1)
    # A timescale of one tick a sample: the default of a millisecond would round the file's length.
    options = {"format": "mp4", "movie_timescale": PLAYED_RATE, "audio_bitrate": "96k"}
    output = source.output(str(destination), **options, **ANONYMOUS, **AAC)
    run_ffmpeg(output, reading=destination, sent=levelled.astype("<f4").tobytes())
    return notes


def _at_loudness(samples: Signal, loudness: float) -> tuple[Signal, tuple[Sentence, ...]]:
    """One gain for the whole clip (ITU-R BS.1770), less where its peaks would clip."""
    peak = float(np.abs(samples).max(initial=0.0))
    if peak == 0.0:
        return samples, ()
    measured = _integrated_loudness(samples)
    room = 20 * np.log10(HIGHEST_PEAK / peak)
    gain = min(loudness - measured, room)
    levelled = samples * 10 ** (gain / 20)
    if gain < room:
        return levelled, ()
    words = "The clip's peaks allow {allowed:.1f} LUFS instead of {wanted:.1f}."
    return levelled, (sentence("peaks_too_high", words, allowed=round(measured + gain, 1), wanted=loudness),)


def _integrated_loudness(samples: Signal) -> float:
    """LUFS; a clip shorter than one block of 0.4 s is measured with itself repeated up to that length."""
    block = int(LOUDNESS_BLOCK * PLAYED_RATE) + 1
    long_enough = np.resize(samples, block) if samples.size < block else samples
    return float(pyloudnorm.Meter(PLAYED_RATE).integrated_loudness(long_enough))
