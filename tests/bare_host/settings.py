"""Settings of the bare host: what docs/plugin.md asks for, and no more."""

from __future__ import annotations

from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]
SECRET_KEY = "bare-host-only"
ALLOWED_HOSTS = ["*"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
INSTALLED_APPS = [
    "pengaduan_app",
    "pengaduan_app.contrib.search",
    "wagtail_modeladmin",
    "wagtail.contrib.settings",
    "wagtail.api.v2",
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
    "django_q",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "pengaduan_app.middleware.ActionRefusedMiddleware",
    "pengaduan_app.middleware.HiddenPagesMiddleware",
    "pengaduan_app.middleware.UnsentFormsMiddleware",
]
CSRF_FAILURE_VIEW = "pengaduan_app.views.csrf_failure"
ROOT_URLCONF = "tests.bare_host.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
LANGUAGE_CODE = "id"
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
STATIC_URL = "/static/"
WAGTAIL_SITE_NAME = "Bare host"
WAGTAILADMIN_BASE_URL = "http://localhost"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "pengaduan_app.contrib.search.backend"}}
WAGTAILIMAGES_IMAGE_FORM_BASE = "pengaduan_app.desk.library.GuardedImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "pengaduan_app.desk.library.GuardedDocumentForm"
Q_CLUSTER = {"name": "bare", "orm": "default", "timeout": 120, "retry": 180}
PENGADUAN_VAULT_KEYS = ["ZGV2ZWxvcG1lbnQtb25seS12YXVsdC1rZXktMDAwMDE="]
PENGADUAN_PRIVATE_ROOT = "var/test/bare-host"
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"level": "ERROR"}}
