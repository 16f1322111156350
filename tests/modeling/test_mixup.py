"""Modality mixup against equations 1 to 4."""

import numpy as np
import torch

from modeling.mixup import Mixup, draw_mixup

CPU = torch.device("cpu")


def test_values_and_labels_are_blended_alike():
    mixup = Mixup(share=0.75, partners=torch.tensor([2, 0, 1]))
    features = torch.tensor([[4.0, 0.0], [0.0, 8.0], [-4.0, 4.0]])
    labels = torch.tensor([1.0, 0.0, -1.0])
    assert torch.equal(mixup.blend(features), torch.tensor([[2.0, 1.0], [1.0, 6.0], [-3.0, 5.0]]))
    assert torch.equal(mixup.blend(labels), torch.tensor([0.5, 0.25, -0.75]))


def test_partners_are_a_shuffle_of_the_batch():
    mixup = draw_mixup(50, concentration=1.0, chance=np.random.default_rng(1), device=CPU)
    assert sorted(mixup.partners.tolist()) == list(range(50))
    assert mixup.partners.tolist() != list(range(50))


def test_one_clip_is_mixed_with_itself():
    mixup = draw_mixup(1, concentration=1.0, chance=np.random.default_rng(1), device=CPU)
    assert torch.allclose(mixup.blend(torch.tensor([0.6])), torch.tensor([0.6]))


def test_shares_follow_the_beta_distribution():
    chance = np.random.default_rng(3)
    shares = np.array([draw_mixup(2, concentration=4.0, chance=chance, device=CPU).share for _ in range(4000)])
    assert abs(shares.mean() - 0.5) < 0.01
    assert abs(shares.var() - 1 / (4 * (2 * 4 + 1))) < 0.003  # variance of Beta(c, c)


def test_the_same_seed_draws_the_same_mixup():
    first, second = (draw_mixup(9, concentration=1.0, chance=np.random.default_rng(5), device=CPU) for _ in range(2))
    assert first.share == second.share
    assert torch.equal(first.partners, second.partners)
