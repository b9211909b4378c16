"""The test suite: development's settings, fast and quiet."""

from .dev import *  # noqa: F403
from .dev import BASE_DIR, DATABASES, env

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = BASE_DIR / "var/test/media"
PENGADUAN_PRIVATE_ROOT = "var/test/private"
PENGADUAN_SUBMISSIONS_PER_HOUR = 1000
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: browser and worker tests share it between threads. TEST_DATABASE
    # names another file, for several runs at the same time.
    test_database = env("TEST_DATABASE", default=str(BASE_DIR / "var/test.sqlite3"))
    DATABASES["default"]["TEST"] = {"NAME": test_database}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    )
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"level": "ERROR"}}
