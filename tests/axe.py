"""axe-core in a real browser: which faults a page has, in the surroundings people use.

    with sync_playwright() as playwright, chromium(playwright) as browser:
        page = new_page(browser, VARIANTS["narrow"])
        page.goto(address)
        assert violations(page) == []

`frontend/build.mjs` copies axe-core to `var/test-tools/axe.min.js`.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VAR = Path(os.environ.get("QUARTIERWERK_VAR") or Path(__file__).resolve().parent.parent / "var")
AXE = VAR / "test-tools" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# What colours and direction can break; all else axe judges is in the document, which is the same in every look.
RULES_OF_LOOKS = {
    "type": "rule",
    "values": ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"],
}


@dataclass(frozen=True)
class Variant:
    width: int = 1280
    dark: bool = False
    rtl: bool = False
    """Mirrors pages of any language, so that each is looked at from right to left."""


VARIANTS = {
    "light": Variant(),
    "dark": Variant(dark=True),
    "narrow": Variant(width=320),
    "rtl": Variant(rtl=True),
    "narrow-rtl-dark": Variant(width=320, dark=True, rtl=True),
}


def chromium_path() -> str | None:
    """The system's Chromium; `CHROMIUM` names another."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def chromium(playwright: Any) -> Any:
    """A browser that asks nobody for anything."""
    return playwright.chromium.launch(
        executable_path=chromium_path(),
        args=[
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ],
    )


def new_page(browser: Any, variant: Variant = VARIANTS["light"], **context: Any) -> Any:
    """A page in this surrounding; `context` goes to Playwright (storage_state, base_url, locale …)."""
    page = browser.new_context(
        viewport={"width": variant.width, "height": 800 if variant.width > 600 else 640},
        color_scheme="dark" if variant.dark else "light",
        reduced_motion="reduce",
        **context,
    ).new_page()
    # As an init script axe is not stopped by the pages' strict content security policy, which stays switched on.
    page.add_init_script(AXE.read_text(encoding="utf-8"))
    if variant.rtl:
        page.add_init_script(
            "addEventListener('DOMContentLoaded', () => { document.documentElement.dir = 'rtl' })"
        )
    return page


def look_again(page: Any, variant: Variant) -> None:
    """The page as it stands in other colours or mirrored, at the same width, without loading it anew."""
    page.emulate_media(color_scheme="dark" if variant.dark else "light")
    if variant.rtl:
        page.evaluate("document.documentElement.dir = 'rtl'")


def violations(page: Any, rules: Any = RULES) -> list[str]:
    """What axe finds on the page as it stands, and whether it scrolls sideways. Empty when all is well."""
    result = page.evaluate(
        # None of these rules reads style sheets or media, which axe would load once more.
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations'], preload: false})"
        ".then(r => r.violations)",
        rules,
    )
    found = [
        f"{rule['id']}: {rule['help']} → {' · '.join(' '.join(map(str, node['target'])) for node in rule['nodes'])}"
        for rule in result
    ]
    wide, window = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    if wide > window:
        found.append(
            f"sideways: the page is {wide} px wide in a window of {window} px; {_widest(page, window)}"
        )
    return found


def _widest(page: Any, window: int) -> str:
    return page.evaluate(
        """window => [...document.querySelectorAll('body *')]
            .filter(e => { const b = e.getBoundingClientRect(); return b.width && (b.right > window + 1 || b.left < -1) })
            .slice(0, 3).map(e => e.tagName.toLowerCase() + '.' + e.className).join(', ')""",
        window,
    )
