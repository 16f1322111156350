"""An array that lies in a file, read a few rows at a time."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt


@dataclass
class StoredArray:
    """Where the bytes of an array lie: in a file from `offset` on, or already in memory as `content`."""

    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    order: str = "C"  # "F" for columns first
    path: Path | None = None
    offset: int = 0
    content: bytes | list[Any] = b""

    def __len__(self) -> int:
        return self.shape[0] if self.shape else 0

    def rows(self, start: int, stop: int) -> npt.NDArray[Any]:
        """Rows from `start` up to `stop`, in memory of their own; the rest of the file stays unread."""
        if 0 in self.shape or isinstance(self.content, list) or self.path is None:
            return self._whole()[start:stop]
        # Mapped for these rows only: a mapping that lived on would keep every page that was looked at.
        mapped = np.memmap(self.path, self.dtype, "r", self.offset, self.shape, order="F" if self.order == "F" else "C")
        return np.array(mapped[start:stop])

    def load(self) -> npt.NDArray[Any]:
        """The whole array; for the small ones: lengths, labels, masks, ids."""
        return self.rows(0, len(self)) if self.shape else self._whole()

    def _whole(self) -> npt.NDArray[Any]:
        if isinstance(self.content, list):
            whole = np.empty(len(self.content), object)
            for place, each in enumerate(self.content):  # one by one: NumPy would go into lists in lists without end
                whole[place] = each
            return whole.reshape(self.shape)
        if 0 in self.shape:
            return np.zeros(self.shape, self.dtype)
        if self.path is None:
            return np.frombuffer(self.content, self.dtype).reshape(self.shape, order="F" if self.order == "F" else "C")
        return np.array(np.memmap(self.path, self.dtype, "r", self.offset, self.shape))
