"""Production: refuses to start without its secrets, or with weak ones."""

from config.safe_start import weaknesses

from .base import *  # noqa: F403
from .base import BASE_URL, DEV_SECRET_KEY, DEV_VAULT_KEY, env

# Whatever the environment says: a debug page would show reporters' data.
DEBUG = False
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="")
if problems := list(
    weaknesses(
        vars(),
        [DEV_SECRET_KEY, DEV_VAULT_KEY],
        sqlite_is_meant=env.bool("SQLITE_IN_PRODUCTION", default=False),
    )
):
    raise RuntimeError(
        "\n- ".join(["Production doesn't start; see docs/operations.md.", *problems])
    )

# Whoever may open the vault needs one, unless the environment says otherwise.
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=True)
DATABASES["default"]["CONN_MAX_AGE"] = 60  # noqa: F405
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BASE_URL.startswith("https://")
if SESSION_COOKIE_SECURE:
    # A browser takes these names from this host alone, over https, for the whole site.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE
SECURE_HSTS_SECONDS = 31536000 if SESSION_COOKIE_SECURE else 0
# Only if everything under the city's domain speaks https.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", default=False)
PENGADUAN_TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=1)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
