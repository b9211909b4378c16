"""Second factors as people have them: an app that shows codes, and somebody at the log-in."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from .factories import PASSWORD

LOGIN, CODE, FACTORS = "/admin/login/", "/admin/second-factor/code/", "/admin/second-factor/"
APP, RECOVERY = f"{FACTORS}app/", f"{FACTORS}recovery-codes/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_now(secret: str = SECRET, steps: int = 0) -> str:
    """What the app shows: RFC 6238, by its text and not by the library under test."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def give_app(user, secret: str = SECRET) -> list[str]:
    """The user has an app; the recovery codes that come with it."""
    TOTP.activate(user, secret)
    return RecoveryCodes.activate(user).get_unused_codes()


def factors_of(user) -> list[str]:
    return sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))


def type_password(client: Client, user, password: str = PASSWORD, **extra):
    return client.post(LOGIN, {"username": user.username, "password": password, **extra})


def type_code(client: Client, code: str, address: str = "203.0.113.1"):
    return client.post(CODE, {"code": code}, REMOTE_ADDR=address)


def is_in(client: Client) -> bool:
    """Whether the admin's front page opens."""
    return client.get("/admin/").status_code == 200


def secret_on(page: str) -> str:
    """The key that the set-up page shows."""
    key = re.search(r'staff-login__key" id="key">([A-Z2-7]{4}(?: [A-Z2-7]{1,4})+)<', page).group(1)
    return key.replace(" ", "")


def codes_on(page: str) -> list[str]:
    return re.findall(r"<li><code>(\d{8})</code></li>", page)


def set_up_app(client: Client):
    """Set up an app at the page for it; the secret, and the answer."""
    secret = secret_on(client.get(APP).content.decode())
    return secret, client.post(APP, {"code": code_now(secret)})
