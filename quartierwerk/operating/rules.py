"""What makes a start unsafe, as pure functions on plain values: each answers with the fault as a sentence, or with nothing."""

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

SHORTEST_SECRET = 40  # characters drawn at random; 32 bytes have 43
FEWEST_DIFFERENT = 10
# Words of examples, guides and this repository's tests: everybody knows such keys. None is likely in a random one.
EXAMPLE_WORDS = (
    "insecure",
    "change",
    "example",
    "secret",
    "default",
    "password",
    "beispiel",
    "geheim",
    "for-tests",
)

MAKE_SECRET = "Draw one with `python3 -c 'import secrets; print(secrets.token_urlsafe(50))'`."  # noqa: S105


def fault_of_secret(secret: str) -> str:
    if not secret:
        return f"SECRET_KEY is not set. {MAKE_SECRET}"
    if any(word in secret.lower() for word in EXAMPLE_WORDS):
        return f"SECRET_KEY is one that stands in code or guides, so others know it. {MAKE_SECRET}"
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_DIFFERENT:
        return (
            f"SECRET_KEY can be guessed: it needs {SHORTEST_SECRET} characters drawn at random. {MAKE_SECRET}"
        )
    return ""


def is_own_machine(host: str) -> bool:
    name = host.strip("[]").removeprefix(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def public_hosts(hosts: Iterable[str]) -> list[str]:
    """Names under which others can reach the server."""
    return [host for host in hosts if host != "testserver" and not is_own_machine(host)]


def fault_of_debug(debug: bool, hosts: Iterable[str]) -> str:
    if debug and (open_to := public_hosts(hosts)):
        return f"DEBUG shows the program's inside to whoever opens {open_to[0]}. Unset DEBUG, or take it off ALLOWED_HOSTS."
    return ""


def fault_of_hosts(hosts: list[str]) -> str:
    if not hosts:
        return "ALLOWED_HOSTS is empty, so no page would be answered. Name the host people type, for example town.example."
    if any(host in ("*", ".") for host in hosts):
        return (
            "ALLOWED_HOSTS allows every name, so links in mails could be forged. Name the hosts people type."
        )
    return ""


def fault_of_public_url(url: str, hosts: list[str]) -> str:
    """PUBLIC_URL is what links in mails begin with."""
    parts = urlsplit(url)
    if parts.scheme != "https":
        return f"PUBLIC_URL is {url}: links in mails would lead there unprotected. Set it to the https:// address people type."
    host = parts.hostname or ""
    if not any(host == name or (name.startswith(".") and host.endswith(name)) for name in hosts):
        return f"PUBLIC_URL names {host}, which ALLOWED_HOSTS does not. Links in mails would not be answered."
    return ""


def faults_of_role(
    setting: str, *, superuser: bool, bypasses: bool, owns: bool, makes_roles: bool
) -> list[str]:
    """A role that serves or erases may pass no wall."""
    too_much = [
        words
        for is_so, words in (
            (superuser, "is superuser"),
            (bypasses, "may bypass row-level security"),
            (owns, "owns the tables"),
            (makes_roles, "may make roles"),
        )
        if is_so
    ]
    return [f"The role of {setting} {words}, so walls do not hold for it." for words in too_much]


def is_quiet(name: str, value: str) -> bool:
    """Whether a log setting of PostgreSQL keeps personal values out of its log."""
    match name:
        case "log_min_messages":
            return value in ("log", "fatal", "panic")
        case "log_min_error_statement":
            return value in ("log", "fatal", "panic")
        case "log_error_verbosity":
            return value == "terse"
        case "log_statement":
            return value in ("none", "ddl")
        case "log_min_duration_statement" | "log_min_duration_sample":
            return value == "-1"
        case _:  # log_parameter_max_length, …_on_error
            return value == "0"


# name → the value to set
QUIET = {
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
}
