"""A code of an app or a recovery code is checked, counted if wrong, and works once."""

from __future__ import annotations

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from . import limits

# In a row's data: the number of the half-minute whose code was used last.
LAST_USED = "last_counter"
TYPED = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


def use_code(request: HttpRequest, user: User, code: str) -> Authenticator:
    """The factor that the code belongs to; the code is used up.

    Exact however many tries come at once: they wait for each other at the user's row. allauth
    would remember used codes and wrong ones in a cache, which forgets when it is full.

    Raises ValidationError if the code is wrong or was used, or if too many were wrong.
    """
    account = user.get_username()
    found = None
    with transaction.atomic():
        get_user_model().objects.select_for_update().get(pk=user.pk)
        over = limits.too_many_codes(request, account)
        if not over:
            rows = Authenticator.objects.filter(user=user, type__in=TYPED)
            found = next((row for row in rows if _uses(row, code)), None)
            if found is None:
                limits.count_wrong_code(request, account)
    # Outside, so that what was counted stays counted.
    if over:
        raise ValidationError(_("Too many wrong codes. Please try again in an hour."))
    if found is None:
        raise ValidationError(
            _("This code is wrong or was used already. Wait for the next one and type that.")
        )
    return found


def note_first_use(authenticator: Authenticator, code: str, secret: str) -> None:
    """The code by which an app was set up is used up too."""
    counter = _counter_of(secret, code)
    if counter is not None:
        authenticator.data[LAST_USED] = counter
        authenticator.save(update_fields=["data"])


def _uses(row: Authenticator, code: str) -> bool:
    """Use the code up, if it is one of this row's."""
    if row.type == Authenticator.Type.RECOVERY_CODES:
        return bool(row.wrap().validate_code(code))
    counter = _counter_of(decrypt(row.data["secret"]), code)
    if counter is None or counter <= row.data.get(LAST_USED, -1):
        return False
    row.data[LAST_USED] = counter
    row.save(update_fields=["data"])
    return True


def _counter_of(secret: str, code: str) -> int | None:
    """The half-minute that this is the code of, of those that count now."""
    for counter in yield_hotp_counters_from_time():
        expected = format_hotp_value(hotp_value(secret, counter))
        if compare_user_code(actual=code, expected=expected):
            return counter
    return None
