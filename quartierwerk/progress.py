"""A progress bar on standard error for long work at a terminal; silent anywhere else."""

import sys
import time

WIDTH = 32
EVERY = 0.1  # seconds between two pictures


class Bar:
    """Told how much is done of how much; `with Bar("Importing") as told: told(3, 10)`."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.shown = sys.stderr.isatty()
        self.drawn_at = 0.0

    def __enter__(self) -> "Bar":
        return self

    def __call__(self, done: int, of: int) -> None:
        now = time.monotonic()
        if not self.shown or (now - self.drawn_at < EVERY and done < of):
            return
        self.drawn_at = now
        filled = WIDTH * done // max(of, 1)
        picture = f"\r{self.label} [{'#' * filled}{'.' * (WIDTH - filled)}] {done}/{of}"
        print(picture, end="", file=sys.stderr, flush=True)

    def so_far(self, done: int) -> None:
        """Where nobody knows how much there will be: megabytes so far."""
        now = time.monotonic()
        if self.shown and now - self.drawn_at >= EVERY:
            self.drawn_at = now
            print(f"\r{self.label} {done / 1e6:.0f} MB", end="", file=sys.stderr, flush=True)

    def __exit__(self, *exception: object) -> None:
        if self.shown and self.drawn_at:
            print(file=sys.stderr)
