"""README.txt of an export: what is in it, what was counted, and what is not as in the published files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from datasets.formats.chsims_features import STEPS
from datasets.formats.rating import Rating
from datasets.provenance import Provenance
from datasets.vocabulary import Modality, SentimentClass

KINDS = {"transcripts": "transcripts", "media": "videos by perceptual hash"}


@dataclass(frozen=True)
class Features:
    """What the card says about the feature pickles."""

    extractors: Mapping[Modality, str] = field(default_factory=dict)  # none: there are no pickles
    has_tokens: bool = False
    without: Sequence[str] = ()  # clips that some extractor failed on; not in the pickles
    cut: Mapping[Modality, int] = field(default_factory=dict)  # clips longer than the published arrays


@dataclass(frozen=True)
class Copies:
    """How many clips were compared with those of other splits, and how many pairs are nearly the same."""

    compared: int
    found: int


@dataclass(frozen=True)
class Card:
    """The facts of a README."""

    name: str
    number: str
    sha256: str
    simulated: bool
    aggregation: str
    statistics: Mapping[str, Any]
    copies: Mapping[str, Copies]  # across splits, of `transcripts` and `media`
    include_media: bool
    features: Features
    provenance: Provenance = field(default_factory=Provenance)
    published: str = ""  # the day, as in 2026-01-31
    rating: Rating = field(default_factory=Rating)
    withdrawn: str = ""  # a sentence with the day and the reason; blank for a version that stands
    follows: str = ""  # number of the version before it
    notes: str = ""
    seed: int | None = None  # of the split


def write_card(card: Card) -> bytes:
    """The README in English, UTF-8."""
    paragraphs = [
        f"{card.name}, version {card.number}\nSHA-256 of manifest.json: {card.sha256}",
        withdrawn_warning(card),
        simulated_warning(card),
        f"Licence: {card.provenance.licence or 'none given by the publisher; ask before you use it.'}",
        table(card.statistics),
        leak_warning(card.statistics),
        copies_text(card.copies),
        files(card),
        *feature_notes(card.features),
    ]
    return ("\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n").encode()


def withdrawn_warning(card: Card) -> str:
    """That nobody should use the version any more, and why."""
    return f"WITHDRAWN, do not use this version. {card.withdrawn}" if card.withdrawn else ""


def simulated_warning(card: Card) -> str:
    """Loud where people did not rate."""
    if not card.simulated:
        return ""
    return "SIMULATED DATA: scores in this dataset were made by a program, not by people. Draw no conclusion from them."


def table(statistics: Mapping[str, Any]) -> str:
    """Table 1 in aligned columns."""
    columns = ["split", "total", *(str(name) for name in SentimentClass)]
    lines = ["".join(f"{column:>14}" for column in columns)]
    for row in statistics["table1"]:
        lines.append("".join(f"{'-' if row[column] is None else row[column]:>14}" for column in columns))
    return "Clips, and classes by the multimodal label:\n\n" + "\n".join(lines)


def leak_warning(statistics: Mapping[str, Any]) -> str:
    """Names what is in several splits."""
    found = [f"{len(names)} of its {what}" for what, names in statistics["leaks"].items() if names]
    if not found:
        return "No source and no known speaker is in more than one split."
    return f"WARNING: in more than one split: {' and '.join(found)}. Test results may be too good."


def copies_text(copies: Mapping[str, Copies]) -> str:
    """What the search for copies across splits found, as a warning where it found any.

    In the order of KINDS: a database may keep the entries in another.
    """
    told = [
        f"{copies[kind].found} of {what} ({copies[kind].compared} clips compared)"
        for kind, what in KINDS.items()
        if kind in copies
    ]
    warning = "WARNING: " if any(each.found for each in copies.values()) else ""
    return f"{warning}Near-identical pairs across splits: {', '.join(told)}."


def files(card: Card) -> str:
    """What each file is."""
    lines = [
        "label.csv       supervised clips: label (multimodal), label_T, label_A, label_V within -1 … 1, blank where",
        "                there is none; annotation is the sign of the multimodal label; mode is the split",
        *(["unlabelled.csv  unsupervised clips"] if card.statistics["unsupervised"] else []),
        "manifest.json   everything the version froze: labels in fifths, every score by pseudonym, times in",
        f"                milliseconds; labels were made from scores by the rule “{card.aggregation}”",
        "SHA256SUMS      digests of all files here",
    ]
    if card.include_media:
        lines.append("Raw/            <video_id>/<clip_id>.mp4")
    else:
        lines.append("There are no videos in this export; manifest.json has their SHA-256.")
    return "\n".join(lines)


def feature_notes(features: Features) -> list[str]:
    """What the pickles hold, and where they differ from the published ones."""
    if not features.extractors:
        return ["There are no feature pickles: text, audio and vision features were not all extracted."]
    steps = ", ".join(f"{modality} {count}" for modality, count in STEPS.items())
    by = ", ".join(f"{modality} by {name}" for modality, name in features.extractors.items())
    notes = [
        f"Processed/: {by}; cut or zero-padded at the end to {steps} steps.\n"
        "unaligned_s.pkl has train, valid and test; unaligned_u.pkl, where there is one, unsupervised;\n"
        "unaligned_mix.pkl train, valid, test and train_mix (train rows, then unsupervised rows) with mask. A label\n"
        "that a supervised clip lacks is NaN; labels of unsupervised clips are 0.0 and mean nothing."
    ]
    if not features.has_tokens:
        notes.append(
            "text_bert is empty (all zeros, its attention mask too), since the text extractor has no BERT tokens. Its\n"
            "one vector a clip stands at step 0 of text, where BERT has CLS, and zeros follow: tell loaders not to\n"
            "use BERT."
        )
    for modality, count in features.cut.items():
        notes.append(f"{count} clips are longer than {STEPS[modality]} steps of {modality}; their ends are cut off.")
    if features.without:
        notes.append("Clips without features, which the pickles therefore lack: " + ", ".join(features.without))
    return notes
