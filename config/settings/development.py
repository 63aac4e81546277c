"""A first run and daily work on one's own machine: embedded PostgreSQL, mails read at /mail/."""

import os
import secrets

from config import env, postgres

from .base import *  # noqa: F403
from .base import VAR, connections

DEBUG = env.yes("DEBUG", default=False)
MAILS_READ_AT = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = [*MAILS_READ_AT, *env.words("ALLOWED_HOSTS")]
SURROUNDINGS = "development"
# Style sheets and scripts straight from where they are built: no collectstatic on one's own machine.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True


def _own_secret() -> str:
    """Made once per checkout, so that sessions outlive a restart; never one that stands in the code."""
    path = VAR / "secret-key"
    if not path.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = os.environ.get("SECRET_KEY") or _own_secret()

if os.environ.get("DATABASE_URL"):
    _app = env.text("DATABASE_URL")
    _owner = env.text("DATABASE_OWNER_URL", _app)
    _keeper = env.text("DATABASE_KEEPER_URL", _app)
    _admin = env.text("DATABASE_ADMIN_URL", "")
else:
    BOX = postgres.ensure(VAR / "postgres")
    _app, _owner, _keeper = BOX.url("app"), BOX.url("owner"), BOX.url("keeper")
    _admin = BOX.superuser_url

DATABASES = connections(_owner if env.yes("QUARTIERWERK_AS_OWNER") else _app, _keeper)
DATABASE_OWNER_URL, DATABASE_ADMIN_URL = _owner, _admin

MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # passkeys on http://localhost
