"""Settings that every environment shares. What differs comes from the environment."""

from pathlib import Path

import environ
from django.utils.translation import gettext_lazy as _

from config import staff_login

BASE_DIR = Path(__file__).resolve().parents[3]
env = environ.Env()

# Development's own secrets are public, so production refuses them.
DEV_SECRET_KEY = "development-only-key"
DEV_VAULT_KEY = "ZGV2ZWxvcG1lbnQtb25seS12YXVsdC1rZXktMDAwMDE="

DEBUG = False
SECRET_KEY = env("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
BASE_URL = env("BASE_URL", default="http://127.0.0.1:8000")

INSTALLED_APPS = [
    "home",
    "search",
    "pengaduan_app.contrib.search",
    "pengaduan_app",
    "wagtail_modeladmin",
    "wagtail.api.v2",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "django_filters",
    # The second factor and single sign-on of staff. Always installed, so that the database is the
    # same whether they are on or off.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_q",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Outside of all that may answer a request.
    "config.security.SecurityPoliciesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "home.staff_login.sessions.StaffSessionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    # Before everything that asks who is there.
    "home.staff_login.middleware.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Before any view, and before the check for forged requests, which reads the form.
    "config.body_limits.BodyLimitMiddleware",
    "config.unreadable.UnreadableInputMiddleware",
    "pengaduan_app.middleware.ActionRefusedMiddleware",
    "pengaduan_app.middleware.HiddenPagesMiddleware",
    "pengaduan_app.middleware.UnsentFormsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

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
                "wagtail.contrib.settings.context_processors.settings",
                "home.branding.context",
            ],
        },
    },
]

# Widgets of forms come from the templates of the site, too (templates/wagtailadmin/widgets/).
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{BASE_DIR}/var/db.sqlite3")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Measured: with the defaults 55 % of writes fail beside the cluster. Hence WAL, a write
    # lock from the start of a transaction, and a long timeout. FULL: a complaint with a
    # receipt survives a power cut.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", default="")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    # Each process's own memory: for values that every page reads and that may be a minute old.
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "local"},
}

Q_CLUSTER = {
    "name": "pengaduan",
    # The ORM broker: a task is queued in the transaction that requests it, or not at all.
    "orm": "default",
    "workers": 1,
    # Twice the time budget of a run of reminders.
    "timeout": 120,
    # Longer than timeout, so that a running task isn't started a second time. The task of a
    # killed worker is started again after this; every task may run twice.
    "retry": 180,
    # A task that always fails is not retried for ever: the next minute's task does its work.
    "max_attempts": 5,
    # A failed task leaves the queue: outbox and ledger record what is due.
    "ack_failures": True,
    # After an outage a schedule runs once, not once for each missed minute. None of ours needs
    # its intended date (intended_date_kwarg): the database says what is due.
    "catch_up": False,
    "poll": 1,
    "save_limit": 250,
    # The guard writes its status there twice a second; nobody reads it, so no database should
    # have the work.
    "cache": "local",
    "label": "Django Q",
}

_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]

# The city's staff and citizens read Indonesian; the admin offers no other language.
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
LOCALE_PATHS = [BASE_DIR / "site/locale", BASE_DIR / "site/wagtail_locale"]
TIME_ZONE = "Asia/Jakarta"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]
# Wagtail's date fields would write 2026-02-23 07:30 in any language.
WAGTAIL_DATE_FORMAT = "%d-%m-%Y"
WAGTAIL_TIME_FORMAT = "%H.%M"
WAGTAIL_DATETIME_FORMAT = f"{WAGTAIL_DATE_FORMAT} {WAGTAIL_TIME_FORMAT}"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var/static"
MEDIA_URL = "/media/"
MEDIA_ROOT = BASE_DIR / "var/media"

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="pengaduan@localhost")

# A form with five attachments of 10 MB each and some fields.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "pengaduan_app.citizen.upload_handler.ForgivingUploadHandler",
]
# A form whose cookie has expired comes back filled in.
CSRF_FAILURE_VIEW = "pengaduan_app.views.csrf_failure"
X_FRAME_OPTIONS = "SAMEORIGIN"
# The API is for everybody and asks nobody who they are: REST framework's own default would try
# passwords, as often as somebody likes.
REST_FRAMEWORK: dict[str, list[str]] = {"DEFAULT_AUTHENTICATION_CLASSES": []}
# For /.well-known/security.txt: mailto:… or https://…
SECURITY_CONTACT = env("SECURITY_CONTACT", default="")
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

WAGTAIL_SITE_NAME = "Pengaduan Masyarakat Kota Mojokerto"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_I18N_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# The city has one time zone, so users don't choose theirs.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILADMIN_USER_LOGIN_FORM = "home.staff_login.forms.StaffLoginForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "home.staff_login.forms.StaffPasswordResetForm"
WAGTAILADMIN_COMMENTS_ENABLED = True

# The staff's log-in (docs/operations.md).
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=False)
# Whoever holds one of these permissions needs one: by default those who may open the vault.
STAFF_SECOND_FACTOR_FOR = env.list(
    "STAFF_SECOND_FACTOR_FOR", default=["pengaduan_app.reveal_reporter"]
)
STAFF_OIDC = staff_login.provider_from(env)
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
vars().update(staff_login.ALLAUTH)

WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "pengaduan_app.contrib.search.backend"}}
# Whatever editors upload is opened in a process of its own, like citizens' files.
WAGTAILIMAGES_IMAGE_FORM_BASE = "pengaduan_app.desk.library.GuardedImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "pengaduan_app.desk.library.GuardedDocumentForm"
# HEIC and AVIF come from telephones, and are stored as JPEG. No drawings (SVG): they can act.
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "gif", "heic", "avif"]
# What nobody's browser runs.
WAGTAILDOCS_EXTENSIONS = [
    *("pdf", "jpg", "jpeg", "png", "webp"),
    *("docx", "xlsx", "pptx", "odt", "ods", "odp", "csv", "txt", "zip"),
]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILAPI_LIMIT_MAX = 50
WAGTAILAPI_BASE_URL = BASE_URL
TAGGIT_CASE_INSENSITIVE = True

PENGADUAN_VAULT_KEYS = env.list("VAULT_KEYS", default=[])
PENGADUAN_TICKET_PREFIX = "MJK"
# Finished public pages for the web server (docs/operations.md); without a folder none are written.
PENGADUAN_FILES_ROOT = env("FILES_ROOT", default="")

QUIET = ("wagtail", "django_tasks", "fontTools", "weasyprint", "django-q", "pikepdf")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # At INFO these log a line with the title for every save.
    "loggers": {name: {"level": "WARNING"} for name in QUIET},
}
