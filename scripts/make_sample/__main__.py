"""Writes the sample project: `python -m scripts.make_sample [--out sample] [--seed 1111] [--only video_0001]`."""

import argparse
import csv
import logging
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from .checks import check_sample
from .film import TimedClip, make_film
from .plan import PlannedClip, plan_clips
from .scores import simulate_scores
from .speakers import FILMS, Film
from .voice import FRAMES_PER_SECOND, MissingTool

DEFAULT_FOLDER = Path(__file__).parents[2] / "sample"

logger = logging.getLogger("make_sample")


def main() -> int:
    """Parse the command line and do what it asks; 1 when a development tool is missing."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parser = argparse.ArgumentParser(prog="python -m scripts.make_sample", description=__doc__)
    parser.add_argument("--out", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--seed", type=int, default=1111)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", help="make just this video and no tables, for looking at it")
    parser.add_argument("--check", action="store_true", help="only measure how well the planted values can be found")
    wanted = parser.parse_args()
    try:
        if wanted.check:
            check_sample(wanted.out)
        else:
            make_sample(wanted.out, wanted.seed, wanted.processes, wanted.only)
    except MissingTool as error:
        logger.error("%s", error)
        return 1
    return 0


def make_sample(folder: Path, seed: int, processes: int, only: str | None) -> None:
    """Make the videos, then the manifest, the planted values and the simulated scores."""
    (folder / "videos").mkdir(parents=True, exist_ok=True)
    planned = plan_clips(seed)
    films = [film for film in FILMS if only in (None, film.video_id)]
    with ProcessPoolExecutor(processes) as pool:
        jobs = [pool.submit(make_film, film, clips_of(film, planned), video_path(folder, film), seed) for film in films]
        timed = [clip for job in jobs for clip in job.result()]
    if only is None:
        write_tables(folder, timed, seed)
    logger.info("%d videos, %d clips in %s", len(films), len(timed), folder)


def clips_of(film: Film, planned: list[PlannedClip]) -> list[PlannedClip]:
    """The film's clips in time."""
    return [clip for clip in planned if clip.video_id == film.video_id]


def video_path(folder: Path, film: Film) -> Path:
    """Where the film goes."""
    return folder / "videos" / f"{film.video_id}.mp4"


def write_tables(folder: Path, timed: list[TimedClip], seed: int) -> None:
    """The three CSV files beside the videos."""
    films = {film.video_id: film for film in FILMS}
    clips = [row.clip for row in timed]
    write_csv(folder / "clips.csv", "video,clip_id,start,end,transcript,speaker,scenario,supervised", (
        (f"{row.clip.video_id}.mp4", row.clip.clip_id, seconds(row.first_frame), seconds(row.end_frame),
         row.clip.transcript, films[row.clip.video_id].speaker, films[row.clip.video_id].scenario, int(row.clip.supervised))
        for row in timed
    ))  # fmt: skip
    write_csv(folder / "planted.csv", "video_id,clip_id,text,audio,vision", (
        (clip.video_id, clip.clip_id, clip.text, clip.audio, clip.vision) for clip in clips
    ))  # fmt: skip
    write_csv(folder / "scores.csv", "video_id,clip_id,modality,annotator,score", (
        (row.video_id, row.clip_id, row.modality, row.annotator, row.score)
        for row in simulate_scores([clip for clip in clips if clip.supervised], seed)
    ))  # fmt: skip


def seconds(frame: int) -> str:
    """A frame's time with three decimals."""
    return f"{frame / FRAMES_PER_SECOND:.3f}"


def write_csv(path: Path, header: str, rows: Iterable[tuple[object, ...]]) -> None:
    """UTF-8, plain line ends."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)


if __name__ == "__main__":
    sys.exit(main())
