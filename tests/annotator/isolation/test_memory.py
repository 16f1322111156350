"""Work on a sound is done once for the same samples, and again for any others."""

import numpy as np

from annotator.isolation.memory import KEPT, forget, remembered


def counted():
    calls = []

    @remembered
    def work(samples, rate):
        calls.append(rate)
        return samples.sum() * rate

    return work, calls


def test_the_same_samples_are_worked_on_once():
    work, calls = counted()
    assert [work(np.ones(4), 2), work(np.ones(4), 2)] == [8.0, 8.0]
    assert len(calls) == 1


def test_one_other_sample_or_another_rate_is_another_sound():
    work, calls = counted()
    work(np.ones(4), 2)
    assert work(np.array([1.0, 1.0, 1.0, 1.5]), 2) == 9.0
    assert work(np.ones(4), 3) == 12.0
    assert len(calls) == 3


def test_samples_that_were_changed_in_place_are_another_sound():
    work, calls = counted()
    samples = np.ones(4)
    work(samples, 1)
    samples[0] = 5.0
    assert work(samples, 1) == 8.0
    assert len(calls) == 2


def test_only_the_last_few_are_kept():
    work, calls = counted()
    for number in (*range(KEPT + 1), KEPT, 0):
        work(np.full(3, float(number)), 1)
    assert len(calls) == KEPT + 2


def test_what_was_forgotten_is_worked_out_again():
    work, calls = counted()
    work(np.ones(4), 1)
    forget()
    work(np.ones(4), 1)
    assert len(calls) == 2
