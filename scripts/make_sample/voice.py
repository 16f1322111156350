"""Speech with planted sentiment: espeak-ng says the pinyin, higher, livelier, faster and louder the more positive."""

import shutil
import subprocess
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, resample_poly, sosfilt

from .speakers import Voice

ESPEAK_RATE, RATE = 22050, 44100
PITCH_STEP, SPEED_STEP, RANGE_STEP, LOUDNESS_STEP = 10.5, 9, 22, 2.2  # espeak units, words a minute, percent, dB
NEUTRAL_LOUDNESS = -24.0  # dB below full scale
FRAMES_PER_SECOND = 25

Sound = NDArray[np.float32]


class MissingTool(RuntimeError):
    """Something that only making the sample needs is not on this machine."""


@dataclass(frozen=True)
class Utterance:
    """A spoken sentence, mono at RATE, -1..1."""

    sound: Sound

    @property
    def seconds(self) -> float:
        """Its duration."""
        return len(self.sound) / RATE


def pinyin_of(transcript: str) -> str:
    """Numbered syllables with tone sandhi, commas kept as pauses."""
    try:
        from pypinyin import Style, lazy_pinyin
    except ImportError:
        raise MissingTool("Making the sample needs the pypinyin package: pip install pypinyin==0.55.0.") from None
    syllables = lazy_pinyin(transcript, style=Style.TONE3, neutral_tone_with_five=True, tone_sandhi=True)
    return " ".join("," if syllable == "，" else syllable for syllable in syllables)


def speak(transcript: str, voice: Voice, sentiment: int, *, shortest: float, longest: float) -> Utterance:
    """Say it so that it lasts between the given seconds; the speed gives way when it would not."""
    speed = float(voice.speed + SPEED_STEP * sentiment)
    for _ in range(12):
        utterance = synthesize(transcript, voice, sentiment, round(speed))
        if utterance.seconds > longest:
            speed *= 1.06
        elif utterance.seconds < shortest:
            speed *= 0.94
        else:
            return utterance
    raise ValueError(f"No speed lets {transcript!r} last {shortest} to {longest} s: write it longer or shorter.")


def synthesize(transcript: str, voice: Voice, sentiment: int, speed: int) -> Utterance:
    """One call of espeak-ng, trimmed, resampled and set to its loudness."""
    program = shutil.which("espeak-ng")
    if program is None:
        raise MissingTool("Making the sample needs espeak-ng: apt-get install espeak-ng.")
    pitch = int(np.clip(voice.pitch + PITCH_STEP * sentiment, 4, 99))
    liveliness = 100 + RANGE_STEP * sentiment
    spoken = f'<speak><prosody range="{liveliness}%">{pinyin_of(transcript)}</prosody></speak>'
    command = [
        program,
        "-v",
        f"cmn-latn-pinyin+{voice.variant}",
        "-m",
        "-p",
        str(pitch),
        "-s",
        str(speed),
        "--stdout",
        spoken,
    ]
    wave = subprocess.run(command, capture_output=True, check=True).stdout
    raw = np.frombuffer(wave[44:], np.int16).astype(np.float32) / 32768
    sound = trim(resample_poly(raw, RATE, ESPEAK_RATE).astype(np.float32))
    return Utterance(set_loudness(soften(sound), NEUTRAL_LOUDNESS + LOUDNESS_STEP * sentiment))


def trim(sound: Sound) -> Sound:
    """Without the silence before and after."""
    loud = np.flatnonzero(np.abs(sound) > 0.01)
    return sound[loud[0] : loud[-1] + 1]


def soften(sound: Sound) -> Sound:
    """Roll off the synthesizer's buzz above 6 kHz and its rumble."""
    band = butter(2, (70, 6000), "bandpass", fs=RATE, output="sos")
    filtered: Sound = sosfilt(band, sound).astype(np.float32)
    return filtered


def set_loudness(sound: Sound, decibels: float) -> Sound:
    """Scaled to a root mean square in dB below full scale, peaks limited softly."""
    scaled = sound * (10 ** (decibels / 20) / np.sqrt(np.mean(sound**2)))
    limited: Sound = np.tanh(scaled).astype(np.float32)
    return limited


def energy_by_frame(sound: Sound, frames: int) -> NDArray[np.float64]:
    """How loud each video frame is, 0..1 within its neighbourhood, for the mouth to follow."""
    samples = RATE // FRAMES_PER_SECOND
    padded = np.zeros(frames * samples, np.float32)
    padded[: len(sound)] = sound[: len(padded)]
    level = np.sqrt(np.mean(padded.reshape(frames, samples) ** 2, axis=1))
    around = np.array([level[max(0, frame - 20) : frame + 21].max() for frame in range(frames)])
    energy: NDArray[np.float64] = np.where(around > 0.004, level / (around + 1e-9), 0).astype(float)
    return energy
