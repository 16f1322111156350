import pytest

from modeling.networks.padding import LENGTHS_AN_OCTAVE, padded_length

LENGTHS = range(1, 2000)


@pytest.mark.parametrize("frames", [1, 7, 8, 16])
def test_few_frames_are_not_padded(frames: int) -> None:
    assert padded_length(frames) == frames


def test_no_frame_is_cut_off_and_at_most_an_eighth_is_added() -> None:
    assert all(frames <= padded_length(frames) <= frames * 9 / 8 for frames in LENGTHS)


def test_batches_have_eight_lengths_between_a_power_of_two_and_the_next() -> None:
    assert len({padded_length(frames) for frames in range(513, 1025)}) == LENGTHS_AN_OCTAVE


def test_a_padded_length_is_padded_no_further() -> None:
    assert all(padded_length(padded_length(frames)) == padded_length(frames) for frames in LENGTHS)
