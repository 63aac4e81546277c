import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collector() -> Iterator[None]:
    """A long list makes a million objects that live to the end; looking for cycles in them takes a fifth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
