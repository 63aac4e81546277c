"""`make screenshots`: the README's pictures, taken from the example town as it runs; no picture is drawn by hand."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
LOG_IN = ("koordination@laatzen.example", "beispiel-in-laatzen")

# name, address, width, signed in, dark
SHOTS = [
    ("portal", "/de/laatzen/", 1280, False, False),
    ("search-arabic-phone", "/ar/laatzen/offers/?q=%D8%A7%D9%84%D8%A3%D9%84%D9%85%D8%A7%D9%86%D9%8A%D8%A9", 360, False, False),
    ("staff-offers", "/staff/laatzen/directory/offers/", 1280, True, False),
]  # fmt: skip


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def main() -> int:
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    surroundings = {**os.environ, "PORT": str(port)}
    server = subprocess.Popen(
        [sys.executable, "-m", "quartierwerk", "serve"], cwd=ROOT, env=surroundings, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(f"{base}/de/laatzen/")
        take(base)
    finally:
        server.terminate()
        server.wait(20)
    return 0


def wait_for(url: str, seconds: int = 30) -> None:
    for _ in range(seconds * 5):
        try:
            urllib.request.urlopen(url, timeout=2)
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"The server did not answer at {url}.")


def take(base: str) -> None:
    from tests.axe import chromium

    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = chromium(playwright)
        for name, path, width, signed_in, dark in SHOTS:
            context = browser.new_context(
                viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light"
            )
            page = context.new_page()
            if signed_in:
                page.goto(f"{base}/accounts/login/")
                page.fill("input[name=login]", LOG_IN[0])
                page.fill("input[name=password]", LOG_IN[1])
                page.click("main button[type=submit]")
                page.wait_for_load_state()
            answer = page.goto(base + path)
            if not answer or answer.status != 200:
                raise SystemExit(f"{path} answered {answer and answer.status}.")
            # A phone shows what fits; a list of twenty would be a ribbon.
            page.screenshot(path=PICTURES / f"{name}.png", full_page=width > 600)
            print(f"docs/pictures/{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
