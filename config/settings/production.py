"""Serving people. Everything secret or particular comes from the environment; an unsafe start is refused."""

from config import env

from .base import *  # noqa: F403
from .base import connections

DEBUG = env.yes("DEBUG")  # refused at the start, in words
SURROUNDINGS = "production"
SECRET_KEY = env.text("SECRET_KEY")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
_owner = env.text("DATABASE_OWNER_URL", "") or None
DATABASES = connections(
    _owner if _owner and env.yes("QUARTIERWERK_AS_OWNER") else env.text("DATABASE_URL"),
    env.text("DATABASE_KEEPER_URL"),
)
DATABASE_OWNER_URL = _owner or ""
# Only `restore` makes databases; set it for that command alone.
DATABASE_ADMIN_URL = env.text("DATABASE_ADMIN_URL", "")

CHECK_LINKS = env.yes("CHECK_LINKS", default=True)
SECURE_SSL_REDIRECT = env.yes("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.yes("BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 31536000)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
