"""The labels of the test split under seal."""

import numpy as np
import pytest

from datasets.vocabulary import Modality
from modeling.sealed import AlreadyScored, seal

TEXT, AUDIO, VISION, MULTIMODAL = Modality


def labels():
    return {
        modality: np.linspace(-1, 1, 6, dtype=np.float32) * (place + 1) / 4 for place, modality in enumerate(Modality)
    }


def test_sealed_labels_are_gone_from_the_arrays_and_others_stay():
    arrays = labels()
    seal(arrays, np.array([1, 4]))
    for modality, values in arrays.items():
        assert np.isnan(values[[1, 4]]).all()
        np.testing.assert_array_equal(values[[0, 2, 3, 5]], labels()[modality][[0, 2, 3, 5]])


def test_predictions_are_scored_against_their_own_and_the_multimodal_labels():
    sealed = seal(labels(), np.array([1, 4]))
    scores = sealed.score({AUDIO: np.zeros(6, np.float32)})
    assert scores.metrics["test"]["audio"]["mae"] == pytest.approx(0.6 * 2 / 4)
    assert scores.metrics["test_against_multimodal"]["audio"]["mae"] == pytest.approx(0.6)
    assert set(scores.metrics["test"]) == {"audio"}


def test_errors_are_told_for_the_test_split_alone():
    errors = seal(labels(), np.array([1, 4])).score({MULTIMODAL: np.zeros(6, np.float32)}).errors[MULTIMODAL]
    assert np.isnan(errors[[0, 2, 3, 5]]).all()
    np.testing.assert_allclose(errors[[1, 4]], 0.6, rtol=1e-6)


def test_a_second_scoring_is_refused():
    sealed = seal(labels(), np.array([1]))
    sealed.score({AUDIO: np.zeros(6, np.float32)})
    with pytest.raises(AlreadyScored, match="once"):
        sealed.score({AUDIO: np.ones(6, np.float32)})
