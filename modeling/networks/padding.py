"""How far the clips of a batch are padded."""

# Lengths between a power of two and the next one.
LENGTHS_AN_OCTAVE = 8


def padded_length(frames: int) -> int:
    """Frames that a batch is padded to whose longest clip has so many: the next of eight lengths an octave.

    That is at most an eighth more. Blocks of few sizes fit where those of earlier batches were freed, and oneDNN keeps
    a kernel for each length that it meets: with as many lengths as clips have, the process grew and grew.
    """
    step = max(1, (1 << (frames.bit_length() - 1)) // LENGTHS_AN_OCTAVE)
    return -(-frames // step) * step
