"""A loader of CH-SIMS zips written from the description of the format alone; it knows nothing of how they are made."""

import csv
import hashlib
import io
import pickle
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

LABEL_COLUMNS = "video_id,clip_id,text,label,label_T,label_A,label_V,annotation,mode"
# The three names that pickled arrays need, under NumPy's old module path, as released loaders know it.
ALLOWED = {
    ("numpy", "ndarray"): np.ndarray,
    ("numpy", "dtype"): np.dtype,
    ("numpy.core.multiarray", "_reconstruct"): np.zeros(0).__reduce__()[0],
}


class ArraysOnly(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name} is not an array")
        return ALLOWED[module, name]


class Folder:
    """One exported folder."""

    def __init__(self, path: Path) -> None:
        self.zip = zipfile.ZipFile(path)
        (self.name,) = {name.split("/")[0] for name in self.zip.namelist()}
        self.files = [name.removeprefix(f"{self.name}/") for name in self.zip.namelist()]

    def read(self, name: str) -> bytes:
        return self.zip.read(f"{self.name}/{name}")

    def labels(self) -> list[dict[str, str]]:
        text = self.read("label.csv").decode("utf-8")
        assert text.splitlines()[0] == LABEL_COLUMNS
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def features(self, name: str) -> dict[str, dict[str, Any]]:
        return ArraysOnly(io.BytesIO(self.read(f"Processed/{name}"))).load()

    def check_sums(self) -> None:
        lines = self.read("SHA256SUMS").decode().splitlines()
        sums = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
        assert set(sums) == set(self.files) - {"SHA256SUMS"}
        for name, digest in sums.items():
            assert hashlib.sha256(self.read(name)).hexdigest() == digest
