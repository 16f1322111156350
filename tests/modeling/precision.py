"""What this machine's processor can compute."""

import pytest

from modeling.networks.shares import encodes_in_bfloat16

needs_bfloat16 = pytest.mark.skipif(
    not encodes_in_bfloat16("cpu"), reason="needs a processor that computes LSTMs in bfloat16"
)
