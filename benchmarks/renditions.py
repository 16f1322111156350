"""Time the three renditions of a clip beside bare ffmpeg commands that make files of the same kinds, in one run.

Run from the repository root: `python -m benchmarks.renditions [--clip FILE] [--seconds N] [--repeats N] [--json]`.
Ours and the bare command take turns in one run, so that a busy machine slows both; the best of each is compared.
"""

import argparse
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from annotator.isolation.burned_text import Region, find_text_regions
from annotator.isolation.faces import find_face_boxes
from annotator.isolation.masks import Mask, plan_mask
from annotator.isolation.parameters import IsolationParameters
from annotator.isolation.rendition import make_rendition
from annotator.isolation.video import write_silent_video
from datasets.media.probe import probe
from datasets.media.programs import ffmpeg
from datasets.vocabulary import Modality

PARAMETERS = IsolationParameters()
H264 = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "21", "-pix_fmt", "yuv420p", "-movflags", "+faststart"]
BARE = {
    Modality.AUDIO: ["-vn", "-ac", "1", "-ar", "48000", "-c:a", "aac", "-b:a", "96k"],
    Modality.VISION: ["-an", "-vf", "delogo=x=64:y=300:w=512:h=40", *H264],
    Modality.MULTIMODAL: [*H264, "-c:a", "aac", "-b:a", "128k"],
}


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
    """A 1280x720 test picture with a voice-like sound."""
    sound = f"aevalsrc='0.3*sin(2*PI*150*t)*(0.5+0.5*sin(2*PI*4*t))':s=48000:d={seconds}"
    inputs = ["-f", "lavfi", "-i", f"testsrc2=s=1280x720:r=25:d={seconds}", "-f", "lavfi", "-i", sound]
    subprocess.run([ffmpeg(), "-v", "error", "-y", *inputs, *H264, path], check=True)
    return path


def measure(clip: Path, folder: Path, repeats: int) -> dict[str, dict[str, float]]:
    """Seconds per second of clip for each rendition and for its parts, and the ratio to the bare command."""
    length = probe(clip).duration
    regions: list[Region] = find_text_regions(clip)  # also loads the models, which a worker does once
    find_face_boxes(clip)
    mask = plan_mask(regions, [])
    report = {}
    for modality, arguments in BARE.items():
        made, bare = folder / f"{modality}.mp4", folder / f"bare-{modality}.mp4"
        ours, theirs = in_turns(
            lambda m=modality, p=made: make_rendition(clip, p, m, PARAMETERS, "", 7, text_regions=regions),
            lambda a=arguments, p=bare: subprocess.run([ffmpeg(), "-v", "error", "-y", "-i", clip, *a, p], check=True),
            repeats,
        )
        report[modality.value] = {
            "times_real_time": length / ours,
            "bare_times_real_time": length / theirs,
            "share_of_bare_throughput": theirs / ours,
        }
    encoding, reading = in_turns(
        lambda: write_silent_video(clip, folder / "silent.mp4", Mask(mask.boxes), PARAMETERS),
        lambda: find_text_regions(clip),
        repeats,
    )
    report["vision, encoding alone"] = {"times_real_time": length / encoding}
    report["reading text, once a source"] = {"times_real_time": length / reading}
    return report


def in_turns(first: Callable[[], object], second: Callable[[], object], repeats: int) -> tuple[float, float]:
    """The best time of each, in seconds."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(repeats):
        for work, taken in zip((first, second), times, strict=True):
            begun = time.perf_counter()
            work()
            taken.append(time.perf_counter() - begun)
    return min(times[0]), min(times[1])


def as_table(report: dict[str, dict[str, float]]) -> str:
    """One line a rendition, with the load of the machine, without which the figures mean little."""
    lines = [f"{'':30}{'ours':>8}{'bare':>8}{'share':>8}   (times real time; load {os.getloadavg()[0]:.1f})"]
    for name, figures in report.items():
        lines.append(f"{name:30}" + "".join(f"{figure:8.2f}" for figure in figures.values()))
    return "\n".join(lines)


if __name__ == "__main__":
    main()
