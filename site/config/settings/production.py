"""Production: refuses to start without its secrets."""

from .base import *  # noqa: F403
from .base import BASE_URL, DEV_SECRET_KEY, DEV_VAULT_KEY, PENGADUAN_VAULT_KEYS, SECRET_KEY, env

# Whatever the environment says: a debug page would show reporters' data.
DEBUG = False
missing = [name for name in ("BASE_URL", "EMAIL_URL", "ALLOWED_HOSTS") if not env(name, default="")]
if missing:
    raise RuntimeError(f"Set {', '.join(missing)} in the environment; see docs/operations.md.")
if SECRET_KEY in ("", DEV_SECRET_KEY) or {*PENGADUAN_VAULT_KEYS, DEV_VAULT_KEY} == {DEV_VAULT_KEY}:
    raise RuntimeError("Set a SECRET_KEY and VAULT_KEYS of your own; see docs/operations.md.")
if DEV_VAULT_KEY in PENGADUAN_VAULT_KEYS:
    raise RuntimeError("Take development's key out of VAULT_KEYS: everybody knows it.")

DATABASES["default"]["CONN_MAX_AGE"] = 60  # noqa: F405
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BASE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE
SECURE_HSTS_SECONDS = 31536000 if SESSION_COOKIE_SECURE else 0
PENGADUAN_TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=1)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
