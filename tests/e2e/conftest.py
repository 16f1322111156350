"""The product as `make run` starts it, with its sample, and a browser in front of it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
# The same places, in the same order, as scripts/install_browser.
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

ASYNC_ALLOWED = "DJANGO_ALLOW_ASYNC_UNSAFE"

# Renditions are encoded on the same cores while the pages answer.
expect.set_options(timeout=30_000)


@dataclass(frozen=True)
class Product:
    """A running Cueset: its address, its home folder, and the sample's people with their passwords."""

    address: str
    home: Path
    passwords: dict[str, str]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_it_answers(address: str, server: subprocess.Popen[bytes], log: Path, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/api/session/", timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"the product did not start:\n{log.read_text()[-4000:]}")


def environment_of(home: Path) -> dict[str, str]:
    """This process's environment for a product of its own, in which every analysis is long enough to be waited for."""
    unwanted = ("DATABASE_URL", "CELERY_BROKER_URL", ASYNC_ALLOWED)
    own = {"CUESET_HOME": str(home), "CUESET_ANALYSES_AT_ONCE": "0"}
    return {key: value for key, value in os.environ.items() if key not in unwanted} | own


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    home = tmp_path_factory.mktemp("product")
    with serving(home) as address:
        lines = (home / "sample_accounts.txt").read_text().splitlines()
        yield Product(address, home, dict(line.split() for line in lines))


@contextmanager
def serving(home: Path, *options: str) -> Iterator[str]:
    """The address of a product that runs in this home until the context ends."""
    environment, port = environment_of(home), free_port()
    log = home / "log"
    with log.open("wb") as output:
        command = [sys.executable, "manage.py", "serve", "--port", str(port), *options]
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_it_answers(address, server, log, seconds=300)
        yield address
    finally:
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=60) == 0, log.read_text()[-4000:]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    # Playwright's event loop goes on in this thread until the session ends; other tests ask the database meanwhile.
    os.environ[ASYNC_ALLOWED] = "true"
    with sync_playwright() as playwright:
        arguments = ["--disable-gpu", "--autoplay-policy=no-user-gesture-required"]
        if os.geteuid() == 0:
            arguments.append("--no-sandbox")
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()
    del os.environ[ASYNC_ALLOWED]


@pytest.fixture
def context(browser: Browser, product: Product) -> Iterator[BrowserContext]:
    """A fresh browser profile that fails the test when a page logs an error."""
    context = browser.new_context(base_url=product.address, locale="en-GB", viewport={"width": 1440, "height": 900})
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context
    context.close()
    assert not errors, errors


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
