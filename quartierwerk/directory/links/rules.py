"""Whom one may ask, what an answer means, and when a website counts as gone."""

from collections.abc import Collection, Iterable
from datetime import date
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit
from zlib import crc32

PORTS = {"http": 80, "https": 443}
# A server that refuses to be asked by a program, or too often, answers people all the same.
ANSWERS_PEOPLE = frozenset({401, 402, 403, 405, 406, 407, 418, 425, 429, 451})
NEEDED = (
    3  # failures, each on another day: a server may be down for a night; the default of the column as well
)
_NAT64 = IPv6Network("64:ff9b::/96")
NIGHTS = 7  # in which every website is asked once


MANY = 5  # websites


def place_of(url: str) -> tuple[str, str, int] | None:
    """Scheme, host and port of an address on the web; None for every other."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.password:
        return None
    usual = PORTS[parts.scheme]
    return (parts.scheme, parts.hostname, usual) if port in (None, usual) else None


def is_public(address: str) -> bool:
    """Whether an address lies on the open internet: not in this machine, its network, or a cloud's own services."""
    try:
        found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        # The old internet within the new one: what counts is where it leads.
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo and found.teredo[1])
        if inner:
            return is_public(str(inner))
        if found in _NAT64:
            return is_public(str(IPv4Address(int(found) & 0xFFFFFFFF)))
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def all_public(addresses: Iterable[str]) -> bool:
    """One private address among those of a name is enough not to ask it."""
    known = list(addresses)
    return bool(known) and all(map(is_public, known))


def answers(status: int | None) -> bool:
    """Whether people find something there. None: no answer at all."""
    return status is not None and (status < 400 or status in ANSWERS_PEOPLE)


def is_our_fault(statuses: Collection[int | None]) -> bool:
    """Not one of many answers: then it is this machine that reaches nobody, and the night does not count."""
    return len(statuses) >= MANY and all(status is None for status in statuses)


def is_due(url: str, failing: bool, today: date) -> bool:
    """Every website once in seven nights, always on the same weekday; one that failed each night."""
    return failing or crc32(url.encode()) % NIGHTS == today.toordinal() % NIGHTS


def failures_after(before: int, last: date | None, today: date) -> int:
    """So many failures on different days; run twice in one night it counts once."""
    return before if last == today else before + 1
