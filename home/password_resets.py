"""The mail with a link for a new password, sent by the cluster.

Whoever asks waits as long for an address that nobody has as for one that somebody has: the page
only queues the question. The queue holds the address sealed, and no link: that is made when the
mail is, and is good for nobody before.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django_q.tasks import async_task
from wagtail.admin.forms.auth import PasswordResetForm
from wagtail.admin.views.account import PasswordResetView

from pengaduan_app.vault import cipher


def ask_for(address: str) -> None:
    """Queue the mail to whoever has this address; nothing of it stays when it is sent."""
    sealed = cipher().encrypt(address.encode()).decode("ascii")
    async_task("home.password_resets.send", sealed, save=False)


def send(sealed: str) -> None:
    """The cluster's part: the mail, if somebody has the address."""
    form = PasswordResetForm({"email": cipher().decrypt(sealed).decode()})
    if form.is_valid():
        form.save(
            domain_override=urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc,
            use_https=settings.WAGTAILADMIN_BASE_URL.startswith("https:"),
            subject_template_name=PasswordResetView.subject_template_name,
            email_template_name=PasswordResetView.email_template_name,
        )
