"""Write requirements/*.txt: exact pins of all that pyproject.toml asks for, read off this environment.

Run it as `make lock` after installing or upgrading by hand. Installing from pins needs no resolver, which lets two
packages stand beside others whose versions they deny without reason: see LEFT_OUT.
"""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
# Torch comes first and by itself (its CPU build is chosen by the machine), so its pin stands in its own file.
APART = {"torch"}
# Declared by mediapipe, rapidocr and mlcroissant for parts that are not used here, or under another name
# (opencv-python-headless).
LEFT_OUT = {"pandas-stubs", "jax", "jaxlib", "sentencepiece", "sounddevice", "opencv-contrib-python", "opencv-python"}


def closure(requirements: list[str], former: dict[str, str]) -> dict[str, str]:
    """Installed name==version (with the marker of a direct dependency) of these and all they need.

    A direct dependency of another Python or platform keeps its former pin.
    """
    pins: dict[str, str] = {}
    waiting = [(Requirement(line), "") for line in requirements]
    while waiting:
        requirement, extra = waiting.pop()
        name = canonicalize_name(requirement.name)
        marker = requirement.marker
        if name in LEFT_OUT | APART or (extra != "" and marker and not marker.evaluate({"extra": extra})):
            continue
        try:
            found = distribution(name)
        except PackageNotFoundError:
            if marker and extra == "" and name in former:
                pins[name] = former[name]
            continue  # needed on another platform or Python only
        direct = f" ; {marker}" if marker and extra == "" else ""
        if name not in pins:
            pins[name] = f"{name}=={found.version}{direct}"
            waiting += [(Requirement(line), "none") for line in found.requires or []]
        for wanted in requirement.extras:
            waiting += [
                (Requirement(line), wanted)
                for line in found.requires or []
                if f'extra == "{wanted}"' in line.replace("'", '"')
            ]
    return pins


def read(name: str) -> dict[str, str]:
    """The pins of a file by the names of packages."""
    lines = (ROOT / "requirements" / name).read_text().splitlines()
    return {line.partition("==")[0]: line for line in lines if "==" in line}


def write(name: str, pins: dict[str, str]) -> None:
    """One sorted file of pins."""
    text = "# Written by scripts/lock.py (make lock); edit pyproject.toml instead.\n"
    (ROOT / "requirements" / name).write_text(text + "\n".join(sorted(pins.values())) + "\n")


def main() -> None:
    """Lock the product and the tools of its developers."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    direct = project["project"]["dependencies"]
    product = closure(direct, read("product.txt"))
    tools = closure(project["dependency-groups"]["development"], {})
    write("product.txt", product)
    write("development.txt", {name: pin for name, pin in tools.items() if name not in product})
    torch = next(line for line in direct if re.match(r"torch\b", line))
    write("torch.txt", {"torch": torch})


if __name__ == "__main__":
    main()
