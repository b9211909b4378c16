"""Production-like settings for measuring, with a stock page type to compare with."""

from config.settings.dev import *  # noqa: F403
from config.settings.dev import BASE_DIR, INSTALLED_APPS, env

DEBUG = False
ALLOWED_HOSTS = ["*"]
# Never the site's own database: a benchmark fills it with pages by the ten thousand.
DATABASES["default"] |= env.db_url(  # noqa: F405
    "DATABASE_URL", default=f"sqlite:///{BASE_DIR}/var/bench.sqlite3"
)
INSTALLED_APPS = [*INSTALLED_APPS, "bench.stock"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"level": "ERROR"}}
