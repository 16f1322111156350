"""The field's words as types: modalities, splits, classes."""

from enum import StrEnum


class Modality(StrEnum):
    """What an annotator perceives, in the order of the stages (CH-SIMS v2.0, section 3.2)."""

    TEXT = "text"
    AUDIO = "audio"
    VISION = "vision"
    MULTIMODAL = "multimodal"


class Split(StrEnum):
    """Part of a version, in the order of the published files."""

    TRAIN = "train"
    VALID = "valid"
    TEST = "test"


class SentimentClass(StrEnum):
    """The five classes of the paper's Table 1, from negative to positive."""

    NEG = "NEG"
    WNEG = "WNEG"
    NEU = "NEU"
    WPOS = "WPOS"
    POS = "POS"


LOWEST_SCORE, HIGHEST_SCORE = -3, 3
# Labels lie on a grid of fifths, so they are kept as these whole numbers.
LOWEST_FIFTHS, HIGHEST_FIFTHS = -5, 5


def sentiment_class(fifths: int) -> SentimentClass:
    """Class of a label given in fifths (-5 … 5), as in the paper's section 3.2.

    >>> [str(sentiment_class(k)) for k in (-4, -3, 0, 3, 4)]
    ['NEG', 'WNEG', 'NEU', 'WPOS', 'POS']
    """
    if fifths == 0:
        return SentimentClass.NEU
    if fifths < 0:
        return SentimentClass.NEG if fifths <= -4 else SentimentClass.WNEG
    return SentimentClass.POS if fifths >= 4 else SentimentClass.WPOS
