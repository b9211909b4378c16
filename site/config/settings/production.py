"""Production: refuses to start without its secrets."""

from .base import *  # noqa: F403
from .base import BASE_URL, PENGADUAN_VAULT_KEYS, SECRET_KEY, env

DEBUG = env.bool("DEBUG", default=False)
if not SECRET_KEY or not PENGADUAN_VAULT_KEYS:
    raise RuntimeError("Set SECRET_KEY and VAULT_KEYS in the environment; see docs/operations.md.")

DATABASES["default"]["CONN_MAX_AGE"] = 60  # noqa: F405
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BASE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE_HSTS_SECONDS = 31536000 if SESSION_COOKIE_SECURE else 0
PENGADUAN_TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=1)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
