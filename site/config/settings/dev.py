"""Development: works on a clean clone with nothing set."""

from .base import *  # noqa: F403
from .base import (
    BASE_DIR,
    CACHES,
    DEV_SECRET_KEY,
    DEV_VAULT_KEY,
    PENGADUAN_VAULT_KEYS,
    SECRET_KEY,
    env,
)

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = SECRET_KEY or DEV_SECRET_KEY
PENGADUAN_VAULT_KEYS = PENGADUAN_VAULT_KEYS or [DEV_VAULT_KEY]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
# load_demo refuses to run without this.
DEMO_ALLOWED = True
# Many visitors of a demo share one address.
PENGADUAN_SUBMISSIONS_PER_HOUR = 60
CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
(BASE_DIR / "var/static").mkdir(parents=True, exist_ok=True)
