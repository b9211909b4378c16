"""What staff had written when their session was over comes back after the log-in.

The form waits in the database, encrypted, for the person who wrote it: a signed cookie says who
that was, as the session is gone. After the log-in a page shows what was written and sends it to
where it was going, if the person wants that; this works for every form of the admin, Wagtail's own
included, without a script. Only a form that a browser sends as a page waits: what a script sends
(a dialog, Wagtail's autosave) still stands on the screen when its answer is "no".
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from ..models import UnsentForm
from ..permissions import StaffRequest

# Names the person who works in this browser, for as long as a day's work.
COOKIE = "pengaduan_writer"
COOKIE_LIFE = 12 * 3600  # seconds
_SALT = "pengaduan_app.writer"
# The field by which a form that was kept says so when it is sent again.
KEPT = "pengaduan-kept-form"
# In the session of somebody for whom a form waits.
WAITS = "pengaduan_unsent"
TEMPLATE = "pengaduan_app/desk/unsent_form.html"
# In META of a request whose form has been kept.
HELD = "pengaduan_held"
# Below the admin: the ways into accounts. What is typed there is secret, or gives rights.
NEVER_KEPT = (
    *("login/", "logout/", "password_reset/", "second-factor/", "single-sign-on/"),
    *("account/", "users/", "groups/", "people/"),
)
# Parts of names of fields whose values are secret.
SECRET = ("password", "code", "credential")
# How the names of fields begin that say who a reporter is: they are typed once more, for what the
# vault alone holds isn't stored here, nor put on a screen again.
PERSONAL = "reporter_"
# Fields that aren't typed: values without a space are no text that anybody would miss seeing.
_SHORTEST = 2


def is_in_admin(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("wagtailadmin_home"))


def is_page(request: HttpRequest) -> bool:
    """Whether the browser goes to a page, and no script asks in the background."""
    by_script = request.headers.get("x-requested-with") == "XMLHttpRequest"
    return not by_script and request.headers.get("sec-fetch-mode", "navigate") == "navigate"


def name_writer(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let the browser remember who works in it; after a log-out, nobody."""
    if WAITS in request.META:
        response.delete_cookie(COOKIE, path=reverse("wagtailadmin_home"))
    elif request.user.is_authenticated and _writer(request, COOKIE_LIFE // 2) != request.user.pk:
        response.set_cookie(
            COOKIE,
            signing.dumps(request.user.pk, salt=_SALT),
            max_age=COOKIE_LIFE,
            path=reverse("wagtailadmin_home"),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def keep(request: HttpRequest) -> HttpResponse | None:
    """Keep the form of this request for its writer; the way to the log-in, and then to the form.
    None where there is nothing to keep, or nobody to keep it for."""
    writer, fields = _writer(request, COOKIE_LIFE), _fields(request)
    if writer is None or not fields or not _is_somebody(writer):
        return None
    request.META[HELD] = True
    kept = UnsentForm.objects.keep(writer, request.get_full_path(), json.dumps(fields))
    return redirect_to_login(_address(kept), _log_in())


def after_sending(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer to a form: of one that leads to the log-in, the way there and back to it."""
    if request.user.is_authenticated:
        number = request.POST.get(KEPT, "")
        if number.isdecimal():
            _waiting_for(request).filter(pk=int(number[:18])).delete()
        return response
    if HELD in request.META:
        return response
    to = urlsplit(response.headers.get("location", "")).path
    leads_to_log_in = response.status_code == 302 and to == urlsplit(_log_in()).path
    return (keep(request) if leads_to_log_in else None) or response


def remember(sender: object, request: HttpRequest, user: Any, **kwargs: object) -> None:
    """Somebody has logged in: does a form wait?"""
    if UnsentForm.objects.waiting_for(user.pk).exists():
        request.session[WAITS] = True


def forget(sender: object, request: HttpRequest, user: Any, **kwargs: object) -> None:
    """Somebody has logged out: nothing of theirs stays, here or in the browser."""
    request.META[WAITS] = None
    if user:
        UnsentForm.objects.filter(user=user.pk).delete()


def waiting_here(request: HttpRequest) -> HttpResponse | None:
    """The way to the form that waits for this person at the page that they open."""
    if not request.session.get(WAITS):
        return None
    waiting = _waiting_for(request)
    if kept := waiting.filter(path=request.get_full_path()).first():
        return redirect(_address(kept))
    if not waiting.exists():
        del request.session[WAITS]
    return None


def given_back(request: HttpRequest) -> HttpResponse | None:
    """For a form of the admin whose token was lost, as when its writer has logged in again in
    another tab: the same page at once. None for all other requests."""
    fields = _fields(request)
    if not (request.method == "POST" and is_in_admin(request) and is_page(request) and fields):
        return None
    if not request.user.is_authenticated:
        return keep(request)
    context = _context(request.get_full_path(), fields)
    return render(request, TEMPLATE, context, status=403)


class UnsentFormView(View):
    """`/admin/unsent/<pk>/`: what was written, to be sent after all or thrown away."""

    def get(self, request: StaffRequest, pk: int) -> HttpResponse:
        kept = _waiting_for(request).filter(pk=pk).first()
        if kept is None:
            # Somebody else's, or sent already: which of them is nobody's business.
            return redirect("wagtailadmin_home")
        context = _context(kept.path, json.loads(kept.fields))
        return render(request, TEMPLATE, context | {"kept": kept, "KEPT": KEPT})

    def post(self, request: StaffRequest, pk: int) -> HttpResponse:
        _waiting_for(request).filter(pk=pk).delete()
        messages.success(request, _("What you had written was thrown away."))
        return redirect("wagtailadmin_home")


def _log_in() -> str:
    """Where Wagtail sends whoever isn't logged in."""
    return resolve_url(getattr(settings, "WAGTAILADMIN_LOGIN_URL", "wagtailadmin_login"))


def _waiting_for(request: HttpRequest) -> QuerySet[UnsentForm]:
    return UnsentForm.objects.waiting_for(request.user.pk)


def _address(kept: UnsentForm) -> str:
    return reverse("pengaduan_unsent", args=[kept.pk])


def _writer(request: HttpRequest, within: int) -> int | None:
    """Who worked in this browser in so many seconds past."""
    try:
        return int(signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=within))
    except (signing.BadSignature, TypeError, ValueError):
        return None


def _is_somebody(writer: int) -> bool:
    return get_user_model().objects.filter(pk=writer, is_active=True).exists()


def _fields(request: HttpRequest) -> dict[str, list[str]]:
    """What was filled in; nothing of a form with a secret or about an account."""
    below = request.path.removeprefix(reverse("wagtailadmin_home"))
    secret = any(part in name.lower() for name in request.POST for part in SECRET)
    if secret or below.startswith(NEVER_KEPT):
        return {}
    left_out = ("csrfmiddlewaretoken", KEPT)
    return {
        name: values
        for name, values in request.POST.lists()
        if name not in left_out and not name.startswith(PERSONAL)
    }


def _context(path: str, fields: dict[str, list[str]]) -> dict[str, object]:
    pairs = [(name, value) for name, values in fields.items() for value in values]
    texts = [text for _name, value in pairs for text in _texts(value)]
    title = _("What you had written")
    return {"path": path, "pairs": pairs, "texts": texts, "page_title": title}


def _texts(value: str) -> Iterator[str]:
    """What a person would recognize of a field's value: rich text comes as JSON."""
    try:
        data = json.loads(value)
    except ValueError:
        data = value
    if isinstance(data, dict):
        yield from (block["text"] for block in data.get("blocks", ()) if block.get("text"))
    elif isinstance(data, str) and len(data.split()) >= _SHORTEST:
        yield data
