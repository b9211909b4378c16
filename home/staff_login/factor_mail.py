"""Tells people by mail that the ways into their account have changed: if it wasn't they, nothing
else would tell them.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

from . import factor_log

TEMPLATE = "home/staff_login/factor_mail.txt"


def send(user_id: int, action: str) -> None:
    """The cluster's part: the mail, if the account is in use and has an address."""
    person = get_user_model().objects.filter(pk=user_id, is_active=True).exclude(email="").first()
    if person is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        context = {"what": factor_log.MESSAGES[action], "url": settings.WAGTAILADMIN_BASE_URL}
        subject, _blank, body = render_to_string(TEMPLATE, context).strip().partition("\n")
        send_mail(subject, body.strip() + "\n", None, [person.email])
