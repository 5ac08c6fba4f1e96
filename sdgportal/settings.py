"""Settings, all from the environment, with working defaults for the embedded start.

`PRODUCTION=1` turns the defaults for secrets and addresses into requirements.
"""

import logging
from pathlib import Path

import environ
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from sdgportal import environment, logs

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent

PRODUCTION = environment.switch("PRODUCTION")
DEBUG = environment.switch("DEBUG")
if PRODUCTION:
    environment.require_production_settings()
DATA_DIR = environment.folder(Path(environment.text("DATA_DIR", str(BASE_DIR / "var"))).resolve())

SECRET_KEY = env("SECRET_KEY", default="") or environment.embedded_secret_key(DATA_DIR)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
PORT = environment.number("PORT", 8000, least=1, most=environment.LARGEST_PORT)
# Letters and printed papers name the portal by this address.
PORTAL_ADDRESS = environment.address("PORTAL_ADDRESS", f"http://localhost:{PORT}")
CSRF_TRUSTED_ORIGINS = [PORTAL_ADDRESS]

INSTALLED_APPS = [
    "apps.portal",
    "apps.monitoring",
    "apps.indicators",
    "apps.meetings",
    "apps.groups",
    "apps.deadlines",
    "apps.goals",
    "apps.accounts",
    "apps.organisations",
    "apps.workflow",
    "apps.documents",
    "apps.attachments",
    "apps.notifications",
    "apps.grid",
    "apps.ui",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "rules.apps.AutodiscoverRulesConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_structlog",
    "import_export",
]

MIDDLEWARE = [
    "sdgportal.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "apps.portal.health.HealthMiddleware",
    "sdgportal.middleware.AddressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sdgportal.middleware.FormErrorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "sdgportal.middleware.RequestLogMiddleware",
]

ROOT_URLCONF = "sdgportal.urls"
WSGI_APPLICATION = "sdgportal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Forms are drawn by templates/django/forms: label, hint, errors and field in the portal's own look.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": environment.database(
        environment.text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'portal.sqlite3'}")
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]

LANGUAGE_CODE = "kk"
LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["sdgportal.formats"]
TIME_ZONE = "Asia/Almaty"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "sdgportal.finders.VendorFinder",
]
# Fonts come from npm. `cyrillic` alone lacks Ә Ғ Қ Ң Ө Ү Һ: they are in `cyrillic-ext`.
NODE_MODULES = BASE_DIR / "node_modules"
VENDOR_FILES = {
    f"vendor/onest/onest-{subset}-wght-normal.woff2": (
        f"@fontsource-variable/onest/files/onest-{subset}-wght-normal.woff2"
    )
    for subset in ("latin", "cyrillic", "cyrillic-ext")
}
PAPER_FONTS_DIR = NODE_MODULES / "@expo-google-fonts" / "tinos"
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # The name of a file carries its content's hash, so that it may be kept for ever.
    "staticfiles": {"BACKEND": "sdgportal.storage.StaticStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
FILE_UPLOAD_PERMISSIONS = 0o640
# A report of 300 lines sends 12 fields a line; Django's own limit of 1,000 fields would refuse it.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

if PRODUCTION:
    # TLS ends at the proxy in front, which has to set X-Forwarded-Proto itself.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
LANGUAGE_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# ── Tasks: what Celery does with them is in sdgportal/celeryconfig.py ──
REDIS_URL = environment.redis(environment.text("REDIS_URL"))
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "sdgportal.cache.RedisCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
        }
    }

# ── History: how the capacities that it keeps are said in words ──
CAPACITY_WORDS = "apps.groups.seats.describe_capacities"

# ── Letters ──
MAILERS = {"default": environment.mailer(environment.text("EMAIL_URL", (DATA_DIR / "mail").as_uri()))}
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="sdgportal@localhost")

# ── Logs: one JSON line an event, to stderr; no address, no name, no content ──
LOG_LEVEL = environment.log_level("INFO" if PRODUCTION else "WARNING")
LOGGING = logs.configuration(LOG_LEVEL)
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG  # the line at the end of a request says it all
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
if SENTRY_DSN := environment.sentry(environment.text("SENTRY_DSN")):
    import sentry_sdk

    sentry_sdk.init(SENTRY_DSN, send_default_pii=False, include_local_variables=False)

# ── Signing in: by e-mail, with a second factor; accounts are given by operators ──
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "apps.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL = "account_login"
ACCOUNT_FORMS = {
    "login": "apps.accounts.forms.LoginForm",
    "reset_password": "apps.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "apps.accounts.forms.ResetPasswordKeyForm",
    "change_password": "apps.accounts.forms.ChangePasswordForm",
    "set_password": "apps.accounts.forms.SetPasswordForm",
    "reauthenticate": "apps.accounts.forms.ReauthenticateForm",
}
# Proxies in front that write X-Forwarded-For: without their number all regions would share one address, and
# with it the limit of tries.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("TRUSTED_PROXY_COUNT", int(PRODUCTION), most=10)
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "apps.accounts.adapter.SecondFactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the operator enters the address, and a letter to it resets the password
MFA_FORMS = {
    "authenticate": "apps.accounts.forms.CodeForm",
    "reauthenticate": "apps.accounts.forms.CodeReauthenticateForm",
    "activate_totp": "apps.accounts.forms.ActivateCodeForm",
}
USERSESSIONS_TRACK_ACTIVITY = False
LOGIN_REDIRECT_URL = "portal:today"
PORTAL_NAME = _("SDGs in the regions")

# ── Reference data as tables: whoever may change them imports, whoever may see them exports ──
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "change"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "view"
