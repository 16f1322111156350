"""What notebooks import: it does what the documentation shows, in a process that knows no Django."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import modeling

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "features-and-runs.md"


def ran(code: str, folder: Path) -> list[str]:
    environment = {"PYTHONPATH": str(ROOT), "PATH": "", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "error::RuntimeWarning", "-c", code],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_documented_training_runs_without_django(tmp_path: Path) -> None:
    (snippet,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    *epochs, score, loaded = ran(f"{snippet}\nimport sys\nprint('django' in sys.modules)", tmp_path)
    assert [line.split()[0] for line in epochs] == ["1", "2", "3"]
    assert 0 < float(score) < 1
    assert loaded == "False"
    assert (tmp_path / "model.safetensors").is_file()


def test_nothing_heavy_is_loaded_before_it_is_asked_for(tmp_path: Path) -> None:
    assert ran("import modeling, sys; print('torch' in sys.modules)", tmp_path) == ["False"]


def test_every_name_of_the_surface_is_there_and_no_other() -> None:
    assert all(getattr(modeling, name) is not None for name in modeling.__all__)
    with pytest.raises(AttributeError, match="no attribute 'trian'"):
        modeling.trian  # noqa: B018
