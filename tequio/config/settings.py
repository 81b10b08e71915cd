"""One set of settings; what differs between a laptop and a server comes from the environment.

TEQUIO_HOME, TEQUIO_DATABASE_URL, TEQUIO_DATABASE_OWNER_URL, TEQUIO_KEEP_PLANS, TEQUIO_KEYS, TEQUIO_SECRET_KEY,
TEQUIO_HOSTS, TEQUIO_ORIGIN, TEQUIO_SMTP_URL, TEQUIO_BEACON_URL, TEQUIO_MAIL_FROM, TEQUIO_DEMO, TEQUIO_DEBUG,
TEQUIO_TRUST_PROXY, TEQUIO_SOURCE_URL (where the running code is offered, as its licence asks).
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tequio.core.keys import secret_key

ENV = os.environ
BASE_DIR = Path(__file__).resolve().parent.parent
HOME = Path(ENV.get("TEQUIO_HOME", "var")).resolve()
TEQUIO_KEYS_DIR = Path(ENV.get("TEQUIO_KEYS", HOME / "keys"))
DEMO = ENV.get("TEQUIO_DEMO") == "1"
DEBUG = ENV.get("TEQUIO_DEBUG") == "1"
ORIGIN = ENV.get("TEQUIO_ORIGIN", "http://127.0.0.1:8000")
SECURE = ORIGIN.startswith("https://")
SOURCE_URL = ENV.get("TEQUIO_SOURCE_URL", "")

SECRET_KEY = ENV.get("TEQUIO_SECRET_KEY") or secret_key(TEQUIO_KEYS_DIR)
ALLOWED_HOSTS = ENV.get("TEQUIO_HOSTS", f"{urlsplit(ORIGIN).hostname},127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [ORIGIN]
ROOT_URLCONF = "tequio.web.urls"
WSGI_APPLICATION = "tequio.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "tequio.core.apps.Config",
    "tequio.register.apps.Config",
    "tequio.notify.apps.Config",
    "tequio.networks.apps.Config",
    "tequio.people.apps.Config",
    "tequio.governance.apps.Config",
    "tequio.decisions.apps.Config",
    "tequio.elections.apps.Config",
    "tequio.founding.apps.Config",
    "tequio.membership.apps.Config",
    "tequio.surveys.apps.Config",
    "tequio.archive.apps.Config",
    "tequio.atlas.apps.Config",
    "tequio.web.apps.Config",
    "allauth",  # after our own: the pages of people take the place of its own
    "allauth.account",
    "allauth.mfa",
    "django.forms",  # last: our templates of its widgets come first
]

MIDDLEWARE = [
    "tequio.web.middleware.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tequio.web.middleware.WeighMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tequio.web.middleware.LanguageMiddleware",
    "tequio.web.middleware.WordsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tequio.people.middleware.NetworkMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "tequio.web.templatetags.tequio",
                "tequio.web.templatetags.lists",
                "tequio.web.templatetags.addresses",
                "tequio.web.templatetags.parts",
                "tequio.web.templatetags.frame",
            ],
            "libraries": {"i18n": "tequio.web.templatetags.said"},
            "context_processors": [
                "django.template.context_processors.request",
                "tequio.web.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "tequio.web.widgets.Renderer"


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for ``postgresql://user:password@host:port/name?host=/socket/folder``."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "tequio.core.postgres",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "KEEP_PLANS": ENV.get("TEQUIO_KEEP_PLANS") == "1",
        "OPTIONS": {"prepare_threshold": None, **options},
    }


_nowhere = "postgresql:///tequio"
DATABASES = {
    "default": database(ENV.get("TEQUIO_DATABASE_URL", _nowhere)),
    "owner": database(ENV.get("TEQUIO_DATABASE_OWNER_URL") or ENV.get("TEQUIO_DATABASE_URL", _nowhere)),
}
DATABASES["owner"]["TEST"] = {"MIRROR": "default"}
DATABASES["owner"]["CONN_MAX_AGE"] = 0

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"},
}

# People
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "/entrar/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
SESSION_ENGINE = "tequio.people.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
_prefix = "__Host-" if SECURE else ""
SESSION_COOKIE_NAME = f"{_prefix}session"
CSRF_COOKIE_NAME = f"{_prefix}csrf"
LANGUAGE_COOKIE_NAME = f"{_prefix}language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365

ACCOUNT_ADAPTER = "tequio.people.accounts.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = (
    "none"  # An address is proved by a code before an account exists: people.services.
)
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "tequio.people.accounts.MFAAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_TOTP_ISSUER = "Tequio"

# Languages and places
LANGUAGE_CODE = "es"
LANGUAGES = [("es", "Español"), ("pt-br", "Português"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = None  # WhiteNoise serves what the apps ship; nothing is collected
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "tequio.web.immutable.Storage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 60 * 60 * 24 * 365
MEDIA_ROOT = HOME / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Mail: without an SMTP server, letters wait on the outbox page
BEACON_URL = ENV.get("TEQUIO_BEACON_URL", "").rstrip(
    "/"
)  # a server of drand; none: people bring the number of a lot
SMTP_URL = ENV.get("TEQUIO_SMTP_URL", "")
_smtp = urlsplit(SMTP_URL)
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = _smtp.hostname or ""
EMAIL_PORT = _smtp.port or 25
EMAIL_HOST_USER = unquote(_smtp.username or "")
EMAIL_HOST_PASSWORD = unquote(_smtp.password or "")
EMAIL_USE_TLS = _smtp.scheme == "smtp+tls"
EMAIL_USE_SSL = _smtp.scheme == "smtps"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = ENV.get("TEQUIO_MAIL_FROM", "Tequio <tequio@localhost>")

# Security (the headers themselves are in web.middleware)
SECURE_HSTS_SECONDS = 63_072_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_SSL_REDIRECT = False
TRUST_PROXY = ENV.get("TEQUIO_TRUST_PROXY") == "1"
if TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = ["templates.W003"]  # our library i18n takes the place of Django's on purpose

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # Addresses of pages hold secrets, and strangers knock at many that are not there: only our own faults are kept.
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "CRITICAL"},
    },
}
