"""Production refuses to start with weak secrets, and says what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from config.safe_start import weaknesses
from cryptography.fernet import Fernet

ROOT = Path(__file__).resolve().parents[2]
KNOWN = ["development-only-key", "ZGV2ZWxvcG1lbnQtb25seS12YXVsdC1rZXktMDAwMDE="]
GOOD = {
    "SECRET_KEY": "s3kret-rekaan-yang-panjang-sekali-0123456789",
    "PENGADUAN_VAULT_KEYS": [Fernet.generate_key().decode()],
    "ALLOWED_HOSTS": ["pengaduan.contoh.example"],
    "BASE_URL": "https://pengaduan.contoh.example",
    "DEFAULT_FROM_EMAIL": "pengaduan@contoh.example",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "STAFF_OIDC": {},
    "DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql"}},
}
SQLITE = {"default": {"ENGINE": "django.db.backends.sqlite3"}}


def problems(sqlite_is_meant: bool = False, **changes) -> list[str]:
    return list(weaknesses({**GOOD, **changes}, KNOWN, sqlite_is_meant=sqlite_is_meant))


def test_good_settings_have_nothing_against_them():
    assert problems() == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", KNOWN[0]),
        ("SECRET_KEY", "x" * 31),
        ("SECRET_KEY", "ab" * 40),
        ("PENGADUAN_VAULT_KEYS", []),
        ("PENGADUAN_VAULT_KEYS", [""]),
        ("PENGADUAN_VAULT_KEYS", ["rahasia"]),
        ("PENGADUAN_VAULT_KEYS", [KNOWN[1]]),
        ("PENGADUAN_VAULT_KEYS", [*GOOD["PENGADUAN_VAULT_KEYS"], KNOWN[1]]),
        ("PENGADUAN_VAULT_KEYS", [*GOOD["PENGADUAN_VAULT_KEYS"], "kunci-tanpa-arti"]),
        ("ALLOWED_HOSTS", []),
        ("ALLOWED_HOSTS", ["*"]),
        ("ALLOWED_HOSTS", ["pengaduan.contoh.example", " * "]),
        ("BASE_URL", ""),
        ("BASE_URL", "pengaduan.contoh.example"),
        ("BASE_URL", "ftp://pengaduan.contoh.example"),
        ("DEFAULT_FROM_EMAIL", ""),
        ("DEFAULT_FROM_EMAIL", "pengaduan@localhost"),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend"),
        ("EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend"),
        ("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend"),
        ("STAFF_OIDC", {"server_url": "http://masuk.contoh.example"}),
        ("DATABASES", SQLITE),
    ],
)
def test_each_weakness_is_named_with_its_remedy(name, value):
    (sentence,) = problems(**{name: value})
    assert sentence.split()[0] == {
        "PENGADUAN_VAULT_KEYS": "VAULT_KEYS",
        "EMAIL_BACKEND": "EMAIL_URL",
        "DATABASES": "DATABASE_URL",
        "STAFF_OIDC": "OIDC_SERVER_URL",
    }.get(name, name)
    assert " must " in sentence


def test_sqlite_is_taken_where_somebody_says_so():
    assert problems(sqlite_is_meant=True, DATABASES=SQLITE) == []


def test_a_provider_over_https_is_taken():
    assert problems(STAFF_OIDC={"server_url": "https://masuk.contoh.example"}) == []


def start(**environment) -> subprocess.CompletedProcess:
    """Load production's settings in a process of their own."""
    return subprocess.run(
        [sys.executable, "-c", SHOW],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": "site:.", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


SHOW = "import config.settings.production as p; print(p.CSRF_COOKIE_NAME, p.STAFF_SECOND_FACTOR)"
WHOLE = {
    "SECRET_KEY": GOOD["SECRET_KEY"],
    "VAULT_KEYS": GOOD["PENGADUAN_VAULT_KEYS"][0],
    "ALLOWED_HOSTS": "pengaduan.contoh.example",
    "BASE_URL": GOOD["BASE_URL"],
    "DEFAULT_FROM_EMAIL": GOOD["DEFAULT_FROM_EMAIL"],
    "EMAIL_URL": "smtp+tls://pengguna:sandi@mail.contoh.example:587",
    "DATABASE_URL": "postgres://pengguna:sandi@127.0.0.1/nama",
}


def test_all_that_is_missing_is_said_at_once():
    done = start()
    assert done.returncode != 0
    for name in ("SECRET_KEY", "VAULT_KEYS", "ALLOWED_HOSTS", "EMAIL_URL", "DATABASE_URL"):
        assert f"- {name} must" in done.stderr


@pytest.mark.parametrize(("said", "asks"), [({}, True), ({"STAFF_SECOND_FACTOR": "false"}, False)])
def test_with_secrets_of_its_own_it_starts_and_its_cookies_are_its_hosts(said, asks):
    """And it asks for second factors, unless somebody says that it shan't."""
    done = start(**WHOLE, **said)
    assert (done.returncode, done.stdout.split()) == (0, ["__Host-csrftoken", str(asks)]), (
        done.stderr
    )
