"""Settings from the environment. A missing or odd value stops the start with one sentence."""

import os
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent


class BadSetting(SystemExit):
    """Ends the process: settings are read before anything else can report."""

    def __init__(self, sentence: str):
        super().__init__(f"quartierwerk: {sentence}")


def text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise BadSetting(f"{name} is not set. docs/operating.md tells what belongs there.")
    return default


def yes(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in ("", None):
        return default
    if value in ("1", "yes", "true", "on", "ja"):
        return True
    if value in ("0", "no", "false", "off", "nein"):
        return False
    raise BadSetting(f"{name} is '{value}'; it takes yes or no.")


def number(name: str, default: int) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise BadSetting(f"{name} is '{value}'; it takes a whole number.") from None


def one_of(name: str, choices: tuple[str, ...]) -> str:
    """The first choice is the default."""
    value = os.environ.get(name, "").strip().lower() or choices[0]
    if value not in choices:
        raise BadSetting(f"{name} is '{value}'; it takes {', '.join(choices[:-1])} or {choices[-1]}.")
    return value


def words(name: str, default: str = "") -> list[str]:
    return [word for word in os.environ.get(name, default).replace(",", " ").split() if word]


def folder(name: str, default: Path) -> Path:
    return Path(os.environ.get(name) or default).expanduser().resolve()


def sign_in_service() -> dict:
    """allauth's settings for the municipality's own sign-in (OpenID Connect), if OIDC_SERVER names one."""
    server = os.environ.get("OIDC_SERVER", "").strip()
    app = []
    if server:
        app = [
            {
                "provider_id": "oidc",
                "name": text("OIDC_NAME", "OpenID Connect"),
                "client_id": text("OIDC_CLIENT"),
                "secret": text("OIDC_SECRET"),
                "settings": {"server_url": server},
            }
        ]
    return {"openid_connect": {"APPS": app, "OAUTH_PKCE_ENABLED": True}}


def sign_in_origins() -> list[str]:
    """Where the municipal sign-in takes people to: browsers follow a form there only if the policy names it."""
    server = urlsplit(os.environ.get("OIDC_SERVER", "").strip())
    return [f"{server.scheme}://{server.netloc}"] if server.netloc else []


def database(url: str, name: str) -> dict:
    """Django's connection settings out of a postgresql:// address (socket folders as ?host=)."""
    from psycopg.conninfo import conninfo_to_dict

    if not url.startswith(("postgresql://", "postgres://")):
        raise BadSetting(f"{name} must start with postgresql://; Quartierwerk runs on PostgreSQL only.")
    try:
        parts = conninfo_to_dict(url)
    except Exception:
        raise BadSetting(f"{name} is no address of a PostgreSQL database.") from None
    return {
        "ENGINE": "quartierwerk.tenants.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        # A new connection costs 6 ms; the wall's settings are told anew whenever they differ.
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parts),
    }
