"""Settings common to all surroundings; what an operator sets comes from the environment (docs/operating.md)."""

from config import env
from quartierwerk import logs
from quartierwerk.languages.interface import INTERFACE_LANGUAGES

ROOT = env.ROOT
VAR = env.folder("QUARTIERWERK_VAR", ROOT / "var")

INSTALLED_APPS = [
    # The ground, lowest line first (house style: upper lines may use lower ones, never the reverse).
    "quartierwerk.tenants",
    "quartierwerk.privacy",
    "quartierwerk.languages",
    "quartierwerk.rights",
    "quartierwerk.journal",
    "quartierwerk.web",
    "quartierwerk.messages",
    "quartierwerk.places",
    "quartierwerk.people",
    "quartierwerk.barriers",
    "quartierwerk.notices",
    "quartierwerk.protection",
    "quartierwerk.chain",
    "quartierwerk.translating",
    "quartierwerk.versions",
    "quartierwerk.documents",
    "quartierwerk.intake",
    "quartierwerk.uploads",
    "quartierwerk.search",
    "quartierwerk.calendar",
    "quartierwerk.directory",
    "quartierwerk.planning",
    "quartierwerk.participation",
    "quartierwerk.operating",
    # What it stands on.
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "quartierwerk.web.headers.StrictHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "quartierwerk.people.session_end.SessionEnd",
    "quartierwerk.people.middleware.PlaceAndPerson",
    "quartierwerk.people.second_factor.SecondFactor",
    "quartierwerk.web.once.Once",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "quartierwerk.web.context.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "quartierwerk.web.templatetags.addresses",
            ],
        },
    }
]

# Languages of the frame. English is the language of the message ids, German the one every text exists in.
LANGUAGE_CODE = "de"
LANGUAGES = [(language.code, language.autonym) for language in INTERFACE_LANGUAGES]
LOCALE_PATHS = [ROOT / "quartierwerk" / "locale"]
FORMAT_MODULE_PATH = "quartierwerk.languages.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Berlin"

FORM_RENDERER = "quartierwerk.web.forms_rendering.QuartierwerkRenderer"
CSRF_FAILURE_VIEW = "quartierwerk.web.errors.csrf_failure"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [VAR / "static-build"]
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_ROOT = VAR / "uploads"
SEARCH_FOLDER = VAR / "search"

# Backups are encrypted with it before they leave the machine; keep it, and SECRET_KEY, where the backups are not.
BACKUP_KEY = env.text("BACKUP_KEY", "")

# Accounts (allauth): mail address and password, second factor, passkeys, OIDC where configured.
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# Length and not being a common word; no composition rules, no forced change (data protection §5).
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "quartierwerk.people.passwords.NotTheObvious"},
]
# Where people reach this installation, for links that are made without a request.
PUBLIC_URL = env.text("PUBLIC_URL", "http://127.0.0.1:8000")
# At night the worker asks the websites in public records whether they still answer; only where people are served.
CHECK_LINKS = env.yes("CHECK_LINKS", False)

# Short name of the municipality whose contact and legal texts stand on pages that belong to none, as the start page.
OPERATED_BY = env.text("OPERATED_BY", "")

LOGIN_REDIRECT_URL = "/staff/"
LOGIN_URL = "account_login"
OWN_ACCOUNT_URL = "/accounts/"

ACCOUNT_ADAPTER = "quartierwerk.people.allauth_adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True  # how long is decided by people.session_end, not by a tick
ACCOUNT_FORMS = {
    "login": "quartierwerk.people.sign_in_forms.SignIn",
    "reset_password": "quartierwerk.people.sign_in_forms.ForgottenPassword",
    "reset_password_from_key": "quartierwerk.people.sign_in_forms.NewPassword",
    "change_password": "quartierwerk.people.sign_in_forms.ChangedPassword",
    "set_password": "quartierwerk.people.sign_in_forms.FirstPassword",
    "reauthenticate": "quartierwerk.people.sign_in_forms.PasswordAgain",
    "add_email": "quartierwerk.people.sign_in_forms.OtherAddress",
}
# allauth counts per network address ("ip"), per account or mail address ("key") and per signed-in person ("user").
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/5m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "manage_email": "10/h/user",
    "confirm_email": "1/3m/key",
}
# How many proxies in front of the server are to be believed when they name a visitor's network address.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 1 if env.yes("BEHIND_PROXY") else 0)
SILENCED_SYSTEM_CHECKS = [
    # Other names of a municipality's domain are not ours to speak for.
    "security.W005",
    "security.W021",
    # Told by operating.W016 and E012, with what to do.
    "security.W008",
    "security.W009",
]
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")

MFA_ADAPTER = "quartierwerk.people.allauth_adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Quartierwerk"
MFA_TOTP_TOLERANCE = 1  # phones whose clock is some seconds late
MFA_FORMS = {
    "authenticate": "quartierwerk.people.sign_in_forms.Code",
    "reauthenticate": "quartierwerk.people.sign_in_forms.CodeAgain",
    "activate_totp": "quartierwerk.people.sign_in_forms.FirstCode",
    "add_webauthn": "quartierwerk.people.sign_in_forms.NewPasskey",
    "edit_webauthn": "quartierwerk.people.sign_in_forms.NamedPasskey",
}
USERSESSIONS_TRACK_ACTIVITY = False

# The municipal sign-in (OpenID Connect) exists where the operator names one.
SOCIALACCOUNT_ADAPTER = "quartierwerk.people.allauth_adapter.SocialAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "mandatory"
# Whoever proves an account's address at the municipal sign-in is let into that account, and stays tied to it.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = env.sign_in_service()

# Sessions: people.session_end ends them after ten hours whatever happens (data protection §2).
SESSION_COOKIE_AGE = 30 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# Only counters against guessing lie in it; all processes must see the same numbers.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_tries",
        "KEY_FUNCTION": "quartierwerk.people.throttling.hashed_key",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "media-src": ["'self'", "blob:"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'", *env.sign_in_origins()],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# Mails go into the outbox with the work they tell of; the worker sends them. Without MAIL_HOST it keeps them.
EMAIL_BACKEND = "quartierwerk.messages.backend.OutboxBackend"
MAIL_HOST = env.text("MAIL_HOST", "")
MAIL_SECURITY = env.one_of("MAIL_SECURITY", ("starttls", "tls", "none"))
MAIL_PORT = env.number("MAIL_PORT", {"starttls": 587, "tls": 465, "none": 25}[MAIL_SECURITY])
MAIL_USER = env.text("MAIL_USER", "")
MAIL_PASSWORD = env.text("MAIL_PASSWORD", "")
MAIL_FROM = env.text("MAIL_FROM", None if MAIL_HOST else "quartierwerk@localhost")
MAIL_DOMAIN = env.text("MAIL_DOMAIN", MAIL_FROM.rpartition("@")[2])
MAIL_TIMEOUT = env.number("MAIL_TIMEOUT", 20)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_FROM
# Hosts at which the mails kept can be read at /mail/: none, except on one's own machine.
MAILS_READ_AT: list[str] = []

# Seconds until the views of offers' pages are added to the month's number; None writes them only when asked to.
VIEWS_WRITTEN_AFTER: float | None = 10

# Jobs: a worker that gave no sign of life for this long is taken for dead and its jobs start again.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_IMPORT_PATHS = ["quartierwerk.jobs"]
JOBS_HEARTBEAT = env.number("JOBS_HEARTBEAT", 10)
JOBS_STALLED_AFTER = env.number("JOBS_STALLED_AFTER", 30)

# History: one trigger run a statement; the context lies in the event row, behind the tenant's wall.
import pghistory  # noqa: E402

PGHISTORY_LEVEL = pghistory.Statement
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()

FORMS_URLFIELD_ASSUME_HTTPS = True
# Files are looked at while they arrive; what is refused is never stored (uploads/handlers.py).
FILE_UPLOAD_HANDLERS = ["quartierwerk.uploads.handlers.CheckedUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

LOGGING = logs.CONFIGURATION

# Errors reach the operator without values: no SQL parameters, no form contents, no local variables.
DEFAULT_EXCEPTION_REPORTER_FILTER = "django.views.debug.SafeExceptionReporterFilter"


def connections(app_url: str, keeper_url: str) -> dict:
    """The serving role, and the role that only erasure and retention use."""
    return {
        "default": env.database(app_url, "DATABASE_URL"),
        "keeper": env.database(keeper_url, "DATABASE_KEEPER_URL"),
    }
