"""Text without any download: TF-IDF of character n-grams, reduced by truncated SVD, fitted on training clips alone."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from datasets.vocabulary import Modality
from modeling.extractors.interface import ClipInput, Extracted, ExtractorUnavailable, ReadyExtractor

MOST_DIMENSIONS = 64
LONGEST_NGRAM = 3
SEED = 1111


class Lsa(ReadyExtractor):
    """Latent semantic analysis: one vector a clip, whose width is at most MOST_DIMENSIONS."""

    name = "lsa"
    modality = Modality.TEXT
    version = "1"
    rate: float | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Known only once fitted."""
        raise ExtractorUnavailable("The lsa extractor has no columns before it is fitted on training transcripts.")

    @property
    def settings(self) -> Mapping[str, object]:
        """N-grams, width and seed."""
        return {"ngrams": [1, LONGEST_NGRAM], "dimensions": MOST_DIMENSIONS, "seed": SEED}

    def extract(self, clip: ClipInput) -> Extracted:
        """Nothing can be said of a transcript before fitting."""
        raise ExtractorUnavailable("The lsa extractor must be fitted on training transcripts first.")

    def fit(self, train_transcripts: Sequence[str]) -> "FittedLsa":
        """Vocabulary, weights and directions of these transcripts; the same ones give the same numbers."""
        if len(train_transcripts) < 2:
            raise ExtractorUnavailable(
                "The lsa extractor is fitted on the supervised training clips; "
                f"this version has {len(train_transcripts)}, at least 2 are needed."
            )
        from sklearn.decomposition import TruncatedSVD
        from sklearn.feature_extraction.text import TfidfVectorizer

        weigh = TfidfVectorizer(analyzer="char", ngram_range=(1, LONGEST_NGRAM), sublinear_tf=True)
        weights = weigh.fit_transform(train_transcripts)
        dimensions = max(1, min(MOST_DIMENSIONS, min(weights.shape) - 1))
        reduce = TruncatedSVD(n_components=dimensions, algorithm="randomized", n_iter=7, random_state=SEED)
        reduce.fit(weights)
        return FittedLsa(weigh, reduce)


class FittedLsa(Lsa):
    """The extractor after it has learned from one version's training transcripts."""

    def __init__(self, weigh: Any, reduce: Any) -> None:  # scikit-learn publishes no types
        self._weigh, self._reduce = weigh, reduce

    @property
    def columns(self) -> tuple[str, ...]:
        """Directions by falling share of the variance."""
        return tuple(f"lsa_{place}" for place in range(len(self._reduce.singular_values_)))

    def extract(self, clip: ClipInput) -> Extracted:
        """One frame; zeros for a transcript that shares no character with the training clips."""
        return Extracted(frames=self._reduce.transform(self._weigh.transform([clip.transcript])).astype(np.float32))
