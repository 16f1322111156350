"""Time the three renditions of a clip beside bare ffmpeg commands that make the same files, in one run.

Run from the repository root: `python -m benchmarks.renditions [--clip FILE] [--seconds N] [--repeats N] [--json]`.
Ours and the bare command take turns in one run, so that a busy machine slows both; the best of each is compared. A
clip is taken twice: with a line of text to mask, which is encoded anew, and without, which is copied.
"""

import argparse
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from annotator.isolation.boxes import Box
from annotator.isolation.burned_text import Region, find_text_regions
from annotator.isolation.faces import find_face_boxes
from annotator.isolation.masks import Mask
from annotator.isolation.parameters import IsolationParameters
from annotator.isolation.rendition import CHECKING_RATE, make_rendition
from annotator.isolation.video import write_silent_video, write_web_video
from datasets.media.probe import probe
from datasets.media.programs import ffmpeg
from datasets.vocabulary import Modality

PARAMETERS = IsolationParameters()
LINE = Box(0.1, 0.82, 0.9, 0.94)
QUICK_START = ["-movflags", "+faststart"]
H264 = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "21", "-g", "12", "-pix_fmt", "yuv420p", "-threads:v", "2"]
AAC = ["-ac", "2", "-ar", "48000", "-c:a", "aac", "-b:a", "128k"]
COPY = ["-c:v", "copy", "-bsf:v", "filter_units=remove_types=6"]
VOICE = ["-vn", "-ac", "1", "-ar", "48000", "-c:a", "aac", "-b:a", "96k"]

Figures = dict[str, float]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clip", type=Path, help="a clip of at least 640x360; generated when left out")
    parser.add_argument("--seconds", type=float, default=5.0, help="length of the generated clip")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        clip = options.clip or generate(Path(folder) / "clip.mp4", options.seconds)
        report = measure(clip, Path(folder), options.repeats)
    print(json.dumps(report) if options.json else as_table(report))


def generate(path: Path, seconds: float) -> Path:
    """A 1280x720 test picture with a voice-like sound, encoded as clips are when they are cut."""
    sound = f"aevalsrc='0.3*sin(2*PI*150*t)*(0.5+0.5*sin(2*PI*4*t))':s=48000:d={seconds}"
    inputs = ["-f", "lavfi", "-i", f"testsrc2=s=1280x720:r=25:d={seconds}", "-f", "lavfi", "-i", sound]
    subprocess.run([ffmpeg(), "-v", "error", "-y", *inputs, *H264, path], check=True)
    return path


def measure(clip: Path, folder: Path, repeats: int) -> dict[str, Figures]:
    """Times real time of ours and of the bare commands, and the share of text detection in all of ours."""
    length = probe(clip).duration
    find_text_regions(clip, rate=0.2)  # loads the models, which a worker does once
    find_face_boxes(clip, rate=0.2)
    report: dict[str, Figures] = {}
    whole: Figures = {}
    for name, boxes in (("masked", (LINE,)), ("copied", ())):
        silent = bare_video(clip, folder, boxes, ["-an"])
        web = bare_video(clip, folder, (), AAC)
        voice = [*bare(clip), *VOICE, *QUICK_START, folder / "bare.m4a"]
        files = {
            "silent video": (lambda b=boxes: write_silent_video(clip, folder / "v.mp4", Mask(b), PARAMETERS), [silent]),
            "video with sound": (lambda: write_web_video(clip, folder / "m.mp4", PARAMETERS), [web]),
            "three with audits": (lambda b=boxes: make_all(clip, folder, b), [silent, web, voice]),
        }
        for what, (ours, commands) in files.items():
            mine, theirs = in_turns(ours, lambda c=commands: [subprocess.run(each, check=True) for each in c], repeats)
            report[f"{what}, {name}"] = compared(length, mine, theirs)
            whole[name] = mine
    source, check = in_turns(
        lambda: find_text_regions(clip),
        lambda: find_text_regions(folder / "v.mp4", rate=CHECKING_RATE, offset=0.5),
        repeats,
    )
    report["reading a source for text"] = {"times_real_time": length / source}
    for name, taken in whole.items():
        # The renditions with their audits hold the check already; the source is read beside them.
        report[f"share of text detection, {name}"] = {"share": (source + check) / (taken + source)}
    return report


def make_all(clip: Path, folder: Path, boxes: tuple[Box, ...]) -> None:
    """The three renditions as a worker makes them, the text of the source being known."""
    regions = [Region(box, 0.0, 1e9) for box in boxes]
    for modality in (Modality.AUDIO, Modality.VISION, Modality.MULTIMODAL):
        make_rendition(clip, folder / f"{modality}.mp4", modality, PARAMETERS, "", 7, text_regions=regions)


def bare(clip: Path) -> list[object]:
    """The beginning of every bare command."""
    return [ffmpeg(), "-v", "error", "-nostdin", "-y", "-i", clip]


def bare_video(clip: Path, folder: Path, boxes: tuple[Box, ...], sound: list[str]) -> list[object]:
    """The bare command for a video: a text line painted over and encoded, or the picture copied."""
    encoding = ["-vf", "delogo=x=128:y=590:w=1024:h=88", *H264] if boxes else COPY
    return [*bare(clip), *encoding, *sound, *QUICK_START, folder / "bare.mp4"]


def compared(length: float, ours: float, theirs: float) -> Figures:
    """Throughputs, and ours as a share of theirs."""
    return {
        "times_real_time": length / ours,
        "bare_times_real_time": length / theirs,
        "share_of_bare_throughput": theirs / ours,
    }


def in_turns(first: Callable[[], object], second: Callable[[], object], repeats: int) -> tuple[float, float]:
    """The best time of each, in seconds."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(repeats):
        for work, taken in zip((first, second), times, strict=True):
            begun = time.perf_counter()
            work()
            taken.append(time.perf_counter() - begun)
    return min(times[0]), min(times[1])


def as_table(report: dict[str, Figures]) -> str:
    """One line a rendition, with the load of the machine, without which the figures mean little."""
    lines = [f"{'':36}{'ours':>8}{'bare':>8}{'share':>8}   (times real time; load {os.getloadavg()[0]:.1f})"]
    for name, figures in report.items():
        lines.append(f"{name:36}" + "".join(f"{figure:8.2f}" for figure in figures.values()))
    return "\n".join(lines)


if __name__ == "__main__":
    main()
