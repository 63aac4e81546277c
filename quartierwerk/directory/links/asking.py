"""One polite question to a website. The connection goes to the very address that was looked at, so that a name cannot
lead elsewhere between looking and asking; each redirect is looked at anew."""

import http.client
import socket
import ssl
import time
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urljoin, urlsplit

from . import rules

TIMEOUT = 10  # seconds
REDIRECTS = 5
AT_ONCE = 4  # hosts
PAUSE = 1.0  # seconds between two questions to one host

Place = tuple[str, int]  # host and port


class NotAsked(Exception):
    """The address leads to where nobody outside may be sent."""


def status_of(url: str, agent: str, *, allowed: Collection[Place] = ()) -> int | None:
    """What the server answers, after redirects; None where nothing answers or it may not be asked.

    allowed   places that are asked whatever their address: a test's own server
    """
    try:
        for _step in range(REDIRECTS + 1):
            status, further = _ask("HEAD", url, agent, allowed)
            if status >= 400:  # many servers know no HEAD
                status, further = _ask("GET", url, agent, allowed)
            if not further:
                return status
            url = urljoin(url, further)
    except (NotAsked, OSError, http.client.HTTPException, ValueError):
        return None
    return None  # going round in a circle


def statuses_of(
    urls: Collection[str], agent: str, *, allowed: Collection[Place] = (), pause: float = PAUSE
) -> dict[str, int | None]:
    """Of many: few hosts at once, one question at a time to each."""
    by_host: dict[str, list[str]] = {}
    for url in sorted(set(urls)):
        by_host.setdefault(urlsplit(url).netloc, []).append(url)

    def of_host(some: list[str]) -> dict[str, int | None]:
        found = {}
        for number, url in enumerate(some):
            if number:
                time.sleep(pause)
            found[url] = status_of(url, agent, allowed=allowed)
        return found

    with ThreadPoolExecutor(AT_ONCE) as hosts:
        return {url: status for some in hosts.map(of_host, by_host.values()) for url, status in some.items()}


def _ask(method: str, url: str, agent: str, allowed: Collection[Place]) -> tuple[int, str]:
    """Status, and where it leads on, "" where it does not."""
    scheme, host, port, address = _place(url, allowed)
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection = _Connection(host, port, address, scheme == "https")
    try:
        named = host if port == rules.PORTS[scheme] else f"{host}:{port}"
        headers = {"Host": named, "User-Agent": agent, "Accept": "*/*", "Connection": "close"}
        connection.request(method, quote(path, safe="%/:=&?~#+!$,;'@()*[]"), headers=headers)
        answer = connection.getresponse()  # its head; not one byte of the page is read
        leads = answer.status in (301, 302, 303, 307, 308)
        return answer.status, answer.headers.get("Location", "") if leads else ""
    finally:
        connection.close()


def _place(
    url: str, allowed: Collection[Place], resolve: Callable = socket.getaddrinfo
) -> tuple[str, str, int, str]:
    """Scheme, host, port, and the checked address to connect to. Raises NotAsked, OSError."""
    parts = urlsplit(url)
    if parts.scheme == "http" and parts.hostname and (parts.hostname, parts.port) in allowed:
        return parts.scheme, parts.hostname, parts.port or rules.PORTS["http"], parts.hostname
    place = rules.place_of(url)
    if place is None:
        raise NotAsked
    scheme, host, port = place
    name = host.encode("idna").decode() if not host.isascii() else host
    found = [str(one[4][0]) for one in resolve(name, port, type=socket.SOCK_STREAM)]
    if not rules.all_public(found):
        raise NotAsked
    return scheme, name, port, found[0]


class _Connection(http.client.HTTPConnection):
    """To an address that was looked at, under the name that was asked for."""

    def __init__(self, host: str, port: int, address: str, encrypted: bool):
        super().__init__(host, port, timeout=TIMEOUT)
        self.address, self.encrypted = address, encrypted

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.encrypted:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
