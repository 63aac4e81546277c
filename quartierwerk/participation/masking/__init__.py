"""What in somebody's words should not be read by everybody: proposed to the person who checks, never done by itself."""

from .marks import MASK, Mark, marks, masked

__all__ = ["MASK", "Mark", "marks", "masked"]
