"""Feature pickles in and out: speed against the disk and `pickle`, and how much memory an import takes.

    .venv/bin/python -m benchmarks.exchange [--clips 4402] [--folder FOLDER]

Writes a pickle of the published shapes (50 x 768, 925 x 25, 232 x 177) three ways, each in a process of its own: by
this product's writer, by `pickle.load` + `pickle.dump`, and as plain bytes (the disk). Then imports it. Everything it
writes is removed.
"""

import argparse
import json
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

SHAPES = {"text": (50, 768), "audio": (925, 25), "vision": (232, 177)}
CHUNK = 1 << 24


def content_of(folder: Path, clips: int, dtype: type) -> dict:
    """A supervised file's dict, its arrays mapped from files of the published shapes."""
    sizes = {"train": clips * 9 // 14, "valid": clips * 2 // 14}
    sizes["test"] = clips - sum(sizes.values())
    chance, content = np.random.default_rng(1), {}
    for split, count in sizes.items():
        part: dict = {
            "id": [f"{split}$_${number:05d}" for number in range(count)],
            "raw_text": ["一句话"] * count,
            "regression_labels": (np.arange(count) % 11 - 5).astype(np.float32) / 5,
            "audio_lengths": np.full(count, 925),
            "vision_lengths": np.full(count, 232),
        }
        for name, shape in SHAPES.items():
            array = np.memmap(folder / f"{split}-{name}", dtype, "w+", shape=(count, *shape))
            for row in range(count):
                array[row] = chance.random(shape, np.float32)
            array.flush()
            part[name] = array.view(np.ndarray)
        content[split] = part
    return content


def settle(path: Path) -> None:
    """Have the file on the disk, not in the cache."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


class Anonymous:
    """The most memory that this process held for itself, pages of mapped files aside; sampled while it lives."""

    def __enter__(self) -> "Anonymous":
        self.start, self.peak, self.stop = self.now(), 0, threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()
        return self

    def now(self) -> int:
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("RssAnon"))

    def watch(self) -> None:
        while not self.stop.wait(0.01):
            self.peak = max(self.peak, self.now())

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.thread.join()


def timed(work: Callable[[], object]) -> dict[str, float]:
    """Seconds of the work, and the MB that the process held for itself at most."""
    with Anonymous() as memory:
        began = time.perf_counter()
        work()
        seconds = time.perf_counter() - began
    return {"seconds": seconds, "own_mb": memory.peak / 1e6}


def disk(folder: Path) -> None:
    """As many bytes as the pickle has, one after the other."""
    piece = np.random.default_rng(1).bytes(CHUNK)
    left = (folder / "given.pkl").stat().st_size
    with (folder / "disk").open("wb") as file:
        for start in range(0, left, CHUNK):
            file.write(piece[: min(CHUNK, left - start)])
    settle(folder / "disk")


def library(folder: Path) -> None:
    """What a user would otherwise write."""
    with (folder / "given.pkl").open("rb") as file:
        content = pickle.load(file)
    with (folder / "library.pkl").open("wb") as file:
        pickle.dump(content, file, protocol=4)
    settle(folder / "library.pkl")


def ours(folder: Path) -> None:
    """The same file through this product's reader and writer: arrays mapped, written piece by piece."""
    from datasets.formats.pickling import write_pickle
    from datasets.formats.stored_arrays import StoredArray
    from datasets.formats.unpickling import read_pickle

    def mapped(value: object) -> object:
        if isinstance(value, StoredArray):
            return np.memmap(value.path, value.dtype, "r", value.offset, value.shape).view(np.ndarray)
        return {key: mapped(each) for key, each in value.items()} if isinstance(value, dict) else value

    content = mapped(read_pickle(folder / "given.pkl"))
    with (folder / "ours.pkl").open("wb") as file:
        write_pickle(file, content)
    settle(folder / "ours.pkl")


def importing(folder: Path) -> None:
    """Read the file's clips, and write its arrays as feature files: what an import does besides its rows."""
    from datasets.ingest.feature_files import read_feature_table, write_features

    table = read_feature_table([folder / "given.pkl"])
    names = sorted(table.places)
    for modality in table.modalities:
        write_features(table, modality, names, folder / f"{modality}.arrow")
        (folder / f"{modality}.arrow").unlink()


STEPS = {"disk": disk, "pickle": library, "cueset": ours, "import": importing}
# The disk before and after, since others may use it too: the faster counts.
ORDER = ("disk", "pickle", "cueset", "disk", "import")


def measure(step: str, folder: Path) -> dict[str, float]:
    """One step in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.exchange", "--step", step, "--folder", str(folder)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=4402)
    parser.add_argument("--double", action="store_true", help="float64, as the published 3.6 GB file")
    parser.add_argument("--folder", type=Path, help="where to write (several times the file's size)")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.step:
        print(json.dumps(timed(lambda: STEPS[chosen.step](chosen.folder))))
        return
    folder = Path(tempfile.mkdtemp(dir=chosen.folder))
    try:
        arrays = folder / "arrays"
        arrays.mkdir()
        content = content_of(arrays, chosen.clips, np.float64 if chosen.double else np.float32)
        largest = max(part[name].nbytes for part in content.values() for name in SHAPES) / 1e6
        with (folder / "given.pkl").open("wb") as file:
            pickle.dump(content, file, protocol=4)
        shutil.rmtree(arrays)
        size = (folder / "given.pkl").stat().st_size / 1e6
        print(f"{chosen.clips} clips, {size:.0f} MB, largest array {largest:.0f} MB\n")
        print("| step | s | MB/s | own memory, MB | of the largest array |\n| --- | ---: | ---: | ---: | ---: |")
        found: dict[str, dict[str, float]] = {}
        for step in ORDER:
            figures = measure(step, folder)
            if step not in found or figures["seconds"] < found[step]["seconds"]:
                found[step] = figures
            print(
                f"| {step} | {figures['seconds']:.1f} | {size / figures['seconds']:.0f} | {figures['own_mb']:.0f} "
                f"| {figures['own_mb'] / largest:.2f} |",
                flush=True,
            )
            for name in ("disk", "library.pkl", "ours.pkl"):
                (folder / name).unlink(missing_ok=True)
        print(
            f"\nStreaming runs at {found['disk']['seconds'] / found['cueset']['seconds']:.2f} of the disk's sequential "
            f"writing, {found['pickle']['seconds'] / found['cueset']['seconds']:.1f} times as fast as pickle.load + "
            "pickle.dump."
        )
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
