"""Time the renditions of clips with their audits beside bare ffmpeg commands that make the same files, in one run.

Run from the repository root: `python -m benchmarks.renditions [--seconds N] [--repeats N] [--project [CLIPS]]
[--json]`. Ours and the bare commands take turns, so that a busy machine slows both; the best of each is compared, in
wall time and in CPU time (this process and those that it started), of ours the best of text detection and of all else.
Three clips of 1280x720 are cut from two of the sample's videos: with subtitles, which are masked; without, which is
copied; and one that is not fit for the web. What ours takes is told by stage. With --project, the renditions of the
sample project, or of its first CLIPS clips and those that serve as references, are made as `make_renditions --wait`
makes them, on all cores, and then by bare commands on as many.
"""

import argparse
import importlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any
from unittest.mock import patch

from threadpoolctl import threadpool_limits

from annotator.isolation.faces import find_face_boxes
from annotator.isolation.frames import sample_frames
from annotator.isolation.memory import forget
from annotator.isolation.parameters import IsolationParameters
from annotator.isolation.rendition import Order, make_renditions
from annotator.isolation.text_reader import detect
from annotator.isolation.video_file import VideoFile
from datasets.media.command import MediaError
from datasets.media.cut import cut_clip
from datasets.media.probe import probe
from datasets.media.programs import ffmpeg
from datasets.vocabulary import Modality

SAMPLE = Path(__file__).parents[1] / "sample" / "videos"
SUBTITLED, PLAIN = SAMPLE / "video_0001.mp4", SAMPLE / "video_0010.mp4"
QUICK_START = ["-movflags", "+faststart"]
H264 = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "21", "-g", "12", "-pix_fmt", "yuv420p", "-threads:v", "2"]
AAC = ["-ac", "2", "-ar", "48000", "-c:a", "aac", "-b:a", "128k"]
COPY = ["-c:v", "copy", "-bsf:v", "filter_units=remove_types=6"]
VOICE = ["-vn", "-ac", "1", "-ar", "48000", "-c:a", "aac", "-b:a", "96k"]
MOST_CLIPS = 60  # supervised ones of the sample
PLAYED = (Modality.VISION, Modality.MULTIMODAL, Modality.AUDIO)
# Where each stage of the work is done; what they do within each other counts for the inner one.
STAGES = {
    "text detection": ("annotator.isolation.burned_text", "find_text_regions"),
    "faces": ("annotator.isolation.faces", "find_face_boxes"),
    "videos and voice, one decoding": ("annotator.isolation.video", "write_files"),
    "hiding the words": ("annotator.isolation.noise", "hide_words"),
    "encoding the noised audio": ("annotator.isolation.sound", "write_voice"),
    "decoding the noised audio": ("annotator.isolation.sound", "read_voice"),
    "figures of the voice": ("annotator.isolation.intelligibility", "measure_voice"),
    "syllables": ("annotator.isolation.syllables", "identify_syllables"),
    "eGeMAPS descriptors": ("annotator.isolation.descriptors", "descriptor_retention"),
    "audit of the files": ("annotator.isolation.audit", "audit_file"),
    "asking ffprobe": ("datasets.media.probe", "probe"),
}

Figures = dict[str, float]
Times = tuple[float, float]  # seconds of wall and of CPU


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="length of each clip")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument(
        "--project", type=int, nargs="?", const=MOST_CLIPS, metavar="CLIPS", help="the sample project's renditions, too"
    )
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with threadpool_limits(1, user_api="blas"):  # as a worker does
            report = {case: measure(folder, case, options.seconds, options.repeats) for case in CASES}
        report["over all"] = over_all(list(report.values()))
        if options.project:
            report["project"] = measure_project(folder / "home", options.project)
    print(json.dumps(report) if options.json else as_text(report))


def enlarged(source: Path, destination: Path, seconds: float, *more: str) -> Path:
    """The beginning of a video at 1280x720."""
    scaled = ["-t", str(seconds + 1), "-i", source, "-vf", "scale=1280:720", *H264, *more]
    subprocess.run([ffmpeg(), "-v", "error", "-y", *scaled, destination], check=True)
    return destination


def masked(folder: Path, seconds: float) -> Path:
    """A clip with subtitles, cut as clips are."""
    source = enlarged(SUBTITLED, folder / "subtitled.mp4", seconds)
    cut_clip(source, folder / "masked.mp4", 0.0, seconds)
    return folder / "masked.mp4"


def copied(folder: Path, seconds: float) -> Path:
    """A clip without text, cut as clips are."""
    cut_clip(enlarged(PLAIN, folder / "plain.mp4", seconds), folder / "copied.mp4", 0.0, seconds)
    return folder / "copied.mp4"


def encoded(folder: Path, seconds: float) -> Path:
    """A clip without text in a container that is not for the web, as some come ready cut."""
    return enlarged(PLAIN, folder / "encoded.mkv", seconds - 1)


CASES: dict[str, Callable[[Path, float], Path]] = {"masked": masked, "copied": copied, "encoded": encoded}


def measure(folder: Path, case: str, seconds: float, repeats: int) -> dict[str, Any]:
    """Throughputs of ours and of the bare commands, and what each stage of ours takes of its CPU time."""
    clip = CASES[case](folder, seconds)
    length = probe(clip).duration
    first = next(sample_frames(VideoFile(clip), 2.0))
    find_face_boxes([first])  # loads the models, which a worker does once
    detecting, _ = best_of(lambda: detect(first[1]), lambda: None, repeats)
    commands = bare_commands(clip, folder, case)
    runs: list[Figures] = []

    def ours() -> None:
        forget()
        begun = now()
        with staged() as taken:
            make_all(clip, folder)
        spent = {name: cpu for name, (_, cpu) in taken.items()}
        runs.append(spent | {"all": now()[1] - begun[1]})

    def bare() -> None:
        for command in commands:
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL)

    mine, theirs = best_of(ours, bare, repeats)
    stages = {name: min(taken[name] for taken in runs) for name in STAGES if name in runs[0]}
    shares = {name: cpu / mine[1] for name, cpu in stages.items()}
    text, others = stages["text detection"], min(taken["all"] - taken["text detection"] for taken in runs)
    return {
        "times real time": length / mine[0],
        "bare, times real time": length / theirs[0],
        "share of bare throughput": theirs[0] / mine[0],
        "CPU s a clip": mine[1],
        "bare, CPU s a clip": theirs[1],
        "share of bare throughput by CPU": theirs[1] / mine[1],
        "text detection, CPU s a clip": text,
        "all but text detection, CPU s a clip": others,
        "share of bare throughput without it": theirs[1] / others,
        "detecting text in one whole picture, CPU s": detecting[1],
        "share of text detection in all": text / (text + others),
        "stages": shares | {"the rest": 1 - sum(shares.values())},
    }


def over_all(cases: Sequence[Figures]) -> Figures:
    """One clip of each case, made one after the other."""
    names = "bare, CPU s a clip", "text detection, CPU s a clip", "all but text detection, CPU s a clip"
    bare, text, others = (sum(figures[name] for figures in cases) for name in names)
    return {
        "share of bare throughput by CPU": bare / (text + others),
        "share of bare throughput without it": bare / others,
        "share of text detection in all": text / (text + others),
    }


def make_all(clip: Path, folder: Path) -> None:
    """The three renditions as a worker makes them, its text being read for the first time."""
    order = Order(clip, IsolationParameters(), "", 7)
    made = make_renditions(order, {modality: folder / f"ours.{modality}" for modality in PLAYED})
    for audit in made.values():
        if isinstance(audit, MediaError):
            raise audit


def bare_commands(clip: Path, folder: Path, case: str) -> list[list[object]]:
    """The bare commands for the three files: a text line painted over and encoded, or the picture copied or encoded."""
    begin: list[object] = [ffmpeg(), "-v", "error", "-nostdin", "-y", "-i", clip]
    silent = {"masked": ["-vf", line_of(clip), *H264], "copied": COPY, "encoded": H264}[case]
    web = H264 if case == "encoded" else COPY
    made = ([*silent, "-an"], [*web, *AAC], VOICE)
    suffixes = ("mp4", "mp4", "m4a")
    stem = f"bare-{clip.stem}"
    return [
        [*begin, *options, *QUICK_START, folder / f"{stem}-{number}.{suffix}"]
        for number, (options, suffix) in enumerate(zip(made, suffixes, strict=True))
    ]


def line_of(clip: Path) -> str:
    """The filter that paints over the lower line of a picture."""
    video = probe(clip).video
    width, height = video.shown_size if video else (0, 0)
    return f"delogo=x={width // 10}:y={height * 41 // 50}:w={width * 4 // 5}:h={height * 3 // 25}"


@contextmanager
def staged() -> Iterator[dict[str, Times]]:
    """Time every stage while the block runs; a stage's time has that of the stages within it left out."""
    taken: dict[str, Times] = defaultdict(lambda: (0.0, 0.0))
    inner: list[list[float]] = []

    def timed(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(work)
        def measured(*given: Any, **named: Any) -> Any:
            begun = now()
            inner.append([0.0, 0.0])
            try:
                return work(*given, **named)
            finally:
                spent = [ended - start for ended, start in zip(now(), begun, strict=True)]
                within = inner.pop()
                wall, cpu = (all_of - part for all_of, part in zip(spent, within, strict=True))
                taken[name] = (taken[name][0] + wall, taken[name][1] + cpu)
                if inner:
                    inner[-1] = [total + own for total, own in zip(inner[-1], spent, strict=True)]

        return measured

    patches = []
    for name, (module, function) in STAGES.items():
        work = getattr(importlib.import_module(module), function)
        replacement = timed(name, work)
        users = [each for each in list(sys.modules.values()) if getattr(each, function, None) is work]
        patches += [patch.object(user, function, replacement) for user in users if user.__name__ != __name__]
    for each in patches:
        each.start()
    try:
        yield taken
    finally:
        for each in patches:
            each.stop()


def now() -> Times:
    """Wall clock, and CPU time of this process and of those that it started and that ended."""
    mine, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return time.perf_counter(), mine.ru_utime + mine.ru_stime + children.ru_utime + children.ru_stime


def best_of(first: Callable[[], object], second: Callable[[], object], repeats: int) -> tuple[Times, Times]:
    """The best wall and CPU time of each, in turns."""
    times: tuple[list[Times], list[Times]] = ([], [])
    for _ in range(repeats):
        for work, taken in zip((first, second), times, strict=True):
            begun = now()
            work()
            ended = now()
            taken.append((ended[0] - begun[0], ended[1] - begun[1]))
    best = [(min(wall for wall, _ in taken), min(cpu for _, cpu in taken)) for taken in times]
    return best[0], best[1]


def measure_project(home: Path, count: int) -> Figures:
    """Renditions of the sample's first clips on all cores, then the bare commands for the same clips on as many."""
    home.mkdir()
    os.environ["CUESET_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from annotator.models import Rendition
    from datasets.models import Clip

    call_command("load_sample", stdout=sys.stderr)
    wanted = Clip.objects.filter(supervised=True).order_by("order").values_list("pk", flat=True)[:count]
    Clip.objects.exclude(pk__in=list(wanted)).update(supervised=False)  # those alone get renditions
    command = [sys.executable, "manage.py", "make_renditions", "--project", "sample", "--wait", "--json"]
    begun = now()
    answer = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    mine = [ended - start for ended, start in zip(now(), begun, strict=True)]
    clips = list(Clip.objects.filter(renditions__isnull=False).distinct())
    with_text = {row.clip_id for row in Rendition.objects.filter(modality=Modality.VISION) if is_masked(row.audit)}
    media = home / "media"
    commands = [
        each
        for clip in clips
        for each in bare_commands(media / clip.file, home, "masked" if clip.pk in with_text else "copied")
    ]
    begun = now()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda each: subprocess.run(each, check=True, stdin=subprocess.DEVNULL), commands))
    theirs = [ended - start for ended, start in zip(now(), begun, strict=True)]
    seconds = sum(clip.seconds for clip in clips)
    return {
        "clips": len(clips),
        "seconds of clips": seconds,
        "passed": answer["renditions"]["passed"],
        "failed": answer["renditions"]["failed"],
        "times real time": seconds / mine[0],
        "bare, times real time": seconds / theirs[0],
        "share of bare throughput": theirs[0] / mine[0],
        "CPU s": mine[1],
        "bare, CPU s": theirs[1],
        "share of bare throughput by CPU": theirs[1] / mine[1],
        "cores kept busy": mine[1] / mine[0],
    }


def is_masked(audit: Any) -> bool:  # Any: a row of annotator.models, which can be imported only after Django's setup
    """Whether words were found in the picture; a single letter may be a mouth, beside which nothing is masked."""
    return any(len(text) > 1 for text in audit.record["text_before"])


def as_text(report: dict[str, dict[str, Any]]) -> str:
    """One line a figure, with the load of the machine, without which the figures mean little."""
    lines = [f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"]
    for case, figures in report.items():
        lines.append(f"\n{case}")
        lines += [f"  {name:44}{value:9.2f}" for name, value in figures.items() if name != "stages"]
        stages: Figures = figures.get("stages", {})
        lines += [
            f"    {name:42}{share:9.1%} of the CPU" for name, share in sorted(stages.items(), key=lambda s: -s[1])
        ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
