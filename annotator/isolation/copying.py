"""Whether a clip's picture may go into a rendition as it is, which takes a sixtieth of the time of encoding it."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from annotator.isolation.parameters import IsolationParameters
from datasets.media import programs
from datasets.media.command import INPUT_LIMITS, run_program
from datasets.media.probe import PROBE_SECONDS, Probe

# A picture that is sought in must not take longer than this to its next whole frame.
LONGEST_BETWEEN_KEYFRAMES = 1.05
SAME_TIME = 0.002


def may_copy_picture(clip: Path, found: Probe, parameters: IsolationParameters) -> bool:
    """Whether every frame in the file is shown, and every browser can play and seek the picture at its size.

    A clip that was itself cut by copying carries earlier frames behind its edit list: they would be copied too, and
    somebody could bring them to light. Such a clip is encoded anew.
    """
    video = found.video
    if video is None or video.codec != "h264" or "mp4" not in found.container or not video.has_constant_rate:
        return False
    stored = (video.width, video.height)
    fits = video.shown_size == stored and min(stored) <= parameters.most_height and not any(side % 2 for side in stored)
    return fits and video.rotation == 0 and _shows_all_it_holds(clip)


def _shows_all_it_holds(clip: Path) -> bool:
    answer = _packets(clip)
    packets = answer.get("packets", [])
    times = [float(packet.get("pts_time", "nan")) for packet in packets]
    keyframes = sorted(time for packet, time in zip(packets, times, strict=True) if "K" in packet["flags"])
    if not packets or answer["streams"][0].get("pix_fmt") != "yuv420p" or "K" not in packets[0]["flags"]:
        return False
    hidden = any("D" in packet["flags"] for packet in packets) or not abs(min(times)) <= SAME_TIME
    gaps = [later - earlier for earlier, later in pairwise([*keyframes, max(times)])]
    return not hidden and max(gaps) <= LONGEST_BETWEEN_KEYFRAMES


def _packets(clip: Path) -> dict[str, Any]:  # Any: JSON as ffprobe writes it
    """Time and flags of every packet of the first picture: K for a whole frame, D for one that is not shown."""
    limits = [word for name, value in INPUT_LIMITS.items() for word in (f"-{name}", value)]
    show = ["-select_streams", "V:0", "-show_entries", "packet=pts_time,flags:stream=pix_fmt", "-of", "json"]
    command = [str(programs.ffprobe()), "-v", "error", *limits, *show, "-i", f"file:{clip}"]
    answer: dict[str, Any] = json.loads(run_program(command, reading=clip, time_limit=PROBE_SECONDS))
    return answer
