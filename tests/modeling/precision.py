"""What this machine's processor can compute."""

import pytest
import torch


def computes_lstms_in_bfloat16() -> bool:
    """Whether it has the instructions; oneDNN has no other way for these."""
    try:
        with torch.autocast("cpu", torch.bfloat16), torch.no_grad():
            torch.nn.LSTM(2, 2)(torch.zeros(1, 1, 2))
    except RuntimeError:
        return False
    return True


needs_bfloat16 = pytest.mark.skipif(
    not computes_lstms_in_bfloat16(), reason="needs a processor that computes LSTMs in bfloat16"
)
