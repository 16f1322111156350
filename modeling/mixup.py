"""Modality mixup: blending each clip of a batch with another one by a random share (equations 1 to 4)."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor


@dataclass(frozen=True)
class Mixup:
    """One draw for one batch: everything that belongs together is blended by the same partners and share."""

    share: float  # lambda, how much of the clip itself remains
    partners: Tensor  # (batch,) a permutation: the shuffle of equation 1

    def blend(self, values: Tensor) -> Tensor:
        """Weighted average of each clip's values and its partner's (equations 2 and 3)."""
        return self.share * values + (1 - self.share) * values[self.partners]


def draw_mixup(clips: int, *, concentration: float, chance: np.random.Generator, device: torch.device) -> Mixup:
    """Mixup of a batch of that many clips, with lambda ~ Beta(concentration, concentration)."""
    partners = torch.from_numpy(chance.permutation(clips)).to(device)
    return Mixup(share=float(chance.beta(concentration, concentration)), partners=partners)
