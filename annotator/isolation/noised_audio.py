"""Make the noised audio of a clip, and measure the very file that was made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from annotator.isolation.audit import Audit, audit_file, voice_findings
from annotator.isolation.descriptors import descriptor_retention
from annotator.isolation.intelligibility import VoiceFigures, measure_voice
from annotator.isolation.methods import METHODS, vocoder
from annotator.isolation.methods.interface import RATE, NoisedVoice, Signal
from annotator.isolation.noise import chance, hide_words
from annotator.isolation.parameters import IsolationParameters
from annotator.isolation.sound import read_voice, write_voice
from annotator.isolation.syllables import identify_syllables
from config.sentences import Sentence, sentence
from datasets.vocabulary import Modality

# dB around the campaign's level of the tone: a rough or very low voice needs another to keep its pitch.
TONE_STEPS = (0.0, 3.0, -3.0, 6.0, 9.0, 12.0)


@dataclass(frozen=True)
class _Attempt:
    """One level of the tone: the noised voice, what the file that was made of it holds, and what is wrong with it."""

    noised: NoisedVoice
    heard: Signal
    figures: VoiceFigures
    findings: Sequence[Sentence]


def make_noised_audio(
    voice: Signal, destination: Path, parameters: IsolationParameters, transcript: str, seed: int
) -> Audit:
    """Write a clean voice at 16 kHz as noised audio, at the first level of the tone that meets every threshold."""
    made = _best_attempt(voice, destination, parameters, seed)
    audit = audit_file(destination, Modality.AUDIO, parameters, transcript, made.findings, made.noised.notes)
    audit = replace(audit, voice=made.figures, snr=made.noised.snr)
    if not voice.any() or not made.heard.any():
        return audit
    rhythm = vocoder.hide(voice, replace(parameters, bands=1), chance(parameters, seed)).samples
    return replace(
        audit,
        syllables=identify_syllables(voice, made.heard, rhythm, RATE),
        descriptors=descriptor_retention(voice, made.heard, RATE),
    )


def _best_attempt(voice: Signal, destination: Path, parameters: IsolationParameters, seed: int) -> _Attempt:
    """The first of a few levels of the tone whose file meets every threshold, else the one that misses fewest."""
    attempts: list[tuple[float, _Attempt]] = []
    for step in TONE_STEPS if METHODS[parameters.audio_method].has_tone else (0.0,):
        made = _attempt(voice, destination, parameters, seed, step)
        attempts.append((step, made))
        if not made.findings:
            return made
    step, best = min(attempts, key=lambda each: len(each[1].findings))
    # The file holds the last attempt; the same arguments give the better one again.
    return best if step == attempts[-1][0] else _attempt(voice, destination, parameters, seed, step)


def _attempt(voice: Signal, destination: Path, parameters: IsolationParameters, seed: int, step: float) -> _Attempt:
    """Write the voice with the tone `step` dB off the campaign's level, and measure the file: encoding changes it."""
    tone = parameters.tone_over_noise + step
    noised = hide_words(voice, replace(parameters, tone_over_noise=tone), seed)
    notes = noised.notes
    if step:
        notes += (sentence("tone_level", "The tone lies {decibels:.1f} dB over the noise.", decibels=round(tone, 1)),)
    notes += write_voice(noised.samples, RATE, destination, parameters.loudness)
    heard = read_voice(destination, RATE)
    wrong = []
    if heard.size != voice.size:
        words = "The rendition has {found} samples instead of {wanted}."
        wrong.append(sentence("length_changed", words, found=heard.size, wanted=voice.size))
    heard = np.resize(heard, voice.size)
    figures = measure_voice(voice, heard, RATE)
    return _Attempt(replace(noised, notes=notes), heard, figures, wrong + voice_findings(figures, parameters))
