"""A video's file and what it holds, which is asked once however many look at it."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from annotator.isolation.packets import Packets, packets_of
from datasets.media.probe import Probe, probe


@dataclass(frozen=True)
class VideoFile:
    """A file that stays as it is while this is used."""

    path: Path

    @cached_property
    def found(self) -> Probe:
        """Its streams."""
        return probe(self.path)

    @cached_property
    def packets(self) -> Packets:
        """The packets of its first picture."""
        return packets_of(self.path)
