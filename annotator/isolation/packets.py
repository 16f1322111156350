"""Which pictures a video's file holds, by its packets, without decoding one."""

import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from datasets.media import programs
from datasets.media.command import INPUT_LIMITS, run_program
from datasets.media.probe import PROBE_SECONDS

SAME_TIME = 0.002


@dataclass(frozen=True)
class Packets:
    """The packets of a file's first picture: when each is shown, in seconds, and which hold a whole frame."""

    pixel_format: str
    times: tuple[float, ...]
    keyframes: tuple[float, ...]
    begins_whole: bool
    hides_frames: bool

    @property
    def longest_gap(self) -> float:
        """Seconds from a whole frame to the next one or to the last frame of all, at most."""
        return max(later - earlier for earlier, later in pairwise([*self.keyframes, max(self.times)]))

    @property
    def all_shown(self) -> bool:
        """Whether every frame in the file is shown, from time 0 and from a whole frame on."""
        return bool(self.times) and self.begins_whole and not self.hides_frames and abs(min(self.times)) <= SAME_TIME


def packets_of(video: Path) -> Packets:
    """Ask ffprobe for them: K marks a whole frame, D one that is not shown."""
    limits = [word for name, value in INPUT_LIMITS.items() for word in (f"-{name}", value)]
    show = ["-select_streams", "V:0", "-show_entries", "packet=pts_time,flags:stream=pix_fmt", "-of", "json"]
    command = [str(programs.ffprobe()), "-v", "error", *limits, *show, "-i", f"file:{video}"]
    answer: dict[str, Any] = json.loads(run_program(command, reading=video, time_limit=PROBE_SECONDS))  # Any: JSON
    packets, streams = answer.get("packets", []), answer.get("streams", [])
    times = [float(packet.get("pts_time", "nan")) for packet in packets]
    flags = [packet["flags"] for packet in packets]
    return Packets(
        pixel_format=streams[0].get("pix_fmt", "") if streams else "",
        times=tuple(times),
        keyframes=tuple(sorted(time for time, flag in zip(times, flags, strict=True) if "K" in flag)),
        begins_whole=bool(flags) and "K" in flags[0],
        hides_frames=any("D" in flag for flag in flags),
    )
