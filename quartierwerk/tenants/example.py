"""Register of example data: each package adds its part of the invented town, in order of what stands on what.

    # directory/example.py
    @example.part(order=50)
    def directory(town: Tenant) -> None: …

Parts run inside the town's staff scope and one transaction; a second run finds the example loaded and does nothing.
Everything is invented and the town is marked so on every page. The date is fixed so that tests can count on it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from .models import Tenant

TODAY = date(2026, 11, 16)  # the Monday on which the invented town stands still


@dataclass(frozen=True)
class Part:
    order: int
    name: str
    load: Callable[[Tenant], None]


_parts: dict[str, Part] = {}


def part(*, order: int) -> Callable[[Callable[[Tenant], None]], Callable[[Tenant], None]]:
    def add(load: Callable[[Tenant], None]) -> Callable[[Tenant], None]:
        name = f"{load.__module__}.{load.__name__}"
        _parts[name] = Part(order, name, load)
        return load

    return add


def parts() -> Iterator[Part]:
    yield from sorted(_parts.values(), key=lambda one: (one.order, one.name))


_log_ins: list[Callable[[], list[str]]] = []


def tell_log_ins(lines: Callable[[], list[str]]) -> None:
    """Called by the package that makes the example accounts: lines to print after loading."""
    _log_ins.append(lines)


def log_ins() -> list[str]:
    return [line for tell in _log_ins for line in tell()]
