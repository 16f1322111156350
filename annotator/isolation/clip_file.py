"""A clip's file as its renditions are made from it: decoded to be looked at no more often than needed."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from annotator.isolation.copying import may_copy_picture
from annotator.isolation.frames import Sampled, sample_frames
from annotator.isolation.parameters import IsolationParameters
from annotator.isolation.video_file import VideoFile

# Pictures of a clip that are kept, at most a megabyte each: 20 seconds at two a second.
MOST_KEPT = 40


@dataclass(frozen=True)
class ClipFile(VideoFile):
    """A clip's file, and by which parameters its renditions are made."""

    parameters: IsolationParameters

    @cached_property
    def may_be_copied(self) -> bool:
        """Whether its picture may go into a rendition as it is."""
        return may_copy_picture(self, self.parameters)

    def pictures(self) -> Iterator[Sampled]:
        """Times and pictures at the sampling rate, from half of its step on, for whatever is looked for in a clip.

        The same whoever asks, so that a rendition made again is the same to the bit. A few are decoded once.
        """
        if self._kept:
            yield from self._kept
            return
        rate, seen = self.parameters.sampling_rate, list[Sampled]()
        for each in sample_frames(self, rate, offset=0.5 / rate):
            if len(seen) <= MOST_KEPT:
                seen.append(each)
            yield each
        if len(seen) <= MOST_KEPT:
            self._kept.extend(seen)

    @cached_property
    def _kept(self) -> list[Sampled]:
        return []
