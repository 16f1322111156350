"""From key press to the next clip, measured in the browser: until its words are painted, or until it plays.

Run from the repository root, after `make frontend`:

    python -m benchmarks.workbench [--clips 52] [--json]

An annotator rates every clip of a campaign in all four stages, in Chromium, on the product's pages and web server. The
clips are one second of a test picture and a tone, made for this; their audits are not real. Printed for each stage: the
milliseconds, and how many of the clips to come were in the browser, whole, when a key was pressed, at the least.
"""

import argparse
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.web_server import percentiles, web_server

PORT = 9373
# The same places, in the same order, as scripts/install_browser.
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FILES = {
    "audio": ("clip.m4a", ["-f", "lavfi", "-i", "sine=440:duration=1", "-c:a", "aac"]),
    "vision": ("silent.mp4", ["-f", "lavfi", "-i", "testsrc2=s=640x360:r=25:d=1", "-pix_fmt", "yuv420p"]),
    "multimodal": (
        "whole.mp4",
        [
            *("-f", "lavfi", "-i", "testsrc2=s=640x360:r=25:d=1", "-f", "lavfi", "-i", "sine=440:duration=1"),
            *("-pix_fmt", "yuv420p", "-c:a", "aac"),
        ],
    ),
}
# The event's own time is when the key was pressed; "playing" does not bubble, but passes the window on its way down.
STOPWATCH = """
window.took = [];
let pressed = null, words = null;
const done = () => { if (pressed !== null) { window.took.push(performance.now() - pressed); pressed = null; } };
addEventListener("keydown", (event) => { if (/^[1-7]$/.test(event.key)) pressed = event.timeStamp; }, true);
addEventListener("playing", done, true);
new MutationObserver(() => {
  const now = document.querySelector("[data-alone]")?.textContent;
  if (!now || now === words) return;
  words = now;
  requestAnimationFrame(() => {
    const painted = new MessageChannel();
    painted.port1.onmessage = done;
    painted.port2.postMessage(null);
  });
}).observe(document, { subtree: true, childList: true, characterData: true });
"""


def fill(home: Path, clips: int) -> tuple[str, dict[str, str]]:
    """A campaign of one annotator whose files are there; its id and the annotator's cookies."""
    from annotator.models import Campaign, Rendition
    from annotator.services.preparation import change_preparation
    from benchmarks.labeling_data import make_campaign
    from datasets.media.programs import ffmpeg
    from datasets.models import Clip

    campaign, (cookies,) = make_campaign(clips=clips, annotators=1)
    # Counting tones and dots comes before a stage and is not what is measured.
    change_preparation(campaign=Campaign.objects.get(pk=campaign), checks=False)
    Clip.objects.update(seconds=1.0)
    for modality, (name, arguments) in FILES.items():
        path = home / "media" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [str(ffmpeg()), "-v", "error", "-y", *arguments, "-movflags", "+faststart", str(path)], check=True
        )
        Rendition.objects.filter(modality=modality).update(file=name, bytes=path.stat().st_size)
    return campaign, cookies


@contextmanager
def browser_page(cookies: dict[str, str]) -> Iterator[Page]:
    """A page of the signed-in annotator."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    arguments = ["--disable-gpu", "--disable-background-networking", "--autoplay-policy=no-user-gesture-required"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    address = f"http://127.0.0.1:{PORT}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        context = browser.new_context(base_url=address, locale="en-GB", viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
        context.add_init_script(STOPWATCH)
        yield context.new_page()
        browser.close()


def rate_stage(page: Page, campaign: str, stage: str, clips: int) -> dict[str, Any]:
    """Rate every clip; all but the first were waited for."""
    fetched: list[str] = []
    page.on("requestfinished", lambda request: fetched.append(request.url) if "/media/" in request.url else None)
    page.goto(f"/work/{campaign}/{stage}")
    ahead = []
    for number in range(1, clips + 1):
        page.locator("[role=group] button:enabled").first.wait_for()
        ahead.append(len(fetched) - number)
        page.keyboard.press(str(number % 7 + 1))
        if number < clips:
            page.wait_for_function("count => window.took.length >= count", arg=number)
    page.get_by_role("heading", level=2).wait_for()  # the stage is done: everything is saved
    took = page.evaluate("window.took")
    # At the end of a stage fewer than three are left.
    least = None if stage == "text" else min(ahead[: clips - 3])
    return {"changes": len(took), **percentiles(took), "least_ahead": least}


def main() -> None:
    """Fill, start, rate, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=int, default=52)
    parser.add_argument("--json", action="store_true", dest="as_json")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cueset-benchmark-") as folder:
        home = Path(folder)
        environment = {"CUESET_HOME": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        os.environ |= environment | {"DATABASE_URL": f"sqlite:///{home / 'benchmark.sqlite3'}"}
        os.environ.pop("STORAGE_URL", None)
        import django

        django.setup()
        campaign, cookies = fill(home, options.clips)
        with web_server(PORT, "config.wsgi"), browser_page(cookies) as page:
            stages = ("text", *FILES)
            figures = {stage: rate_stage(page, campaign, stage, options.clips) for stage in stages}
    print(json.dumps(figures) if options.as_json else "\n".join(f"{name:11} {row}" for name, row in figures.items()))


if __name__ == "__main__":
    main()
