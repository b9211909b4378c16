"""Accounts of staff who acted are deactivated, never deleted."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpResponse
from django.shortcuts import redirect

from ..operations import kept
from ..permissions import StaffRequest


def refuse_deletion(request: StaffRequest, user: AbstractBaseUser) -> HttpResponse | None:
    """Before Wagtail asks whether to delete: says why not, where the tick at "Active" is."""
    acted = kept.who_acted([user])
    if not acted:
        return None
    messages.error(request, kept.refusal_for(acted))
    return redirect("wagtailusers_users:edit", user.pk)


def refuse_bulk_deletion(
    request: StaffRequest, action_type: str, objects: Iterable[object], action: object
) -> HttpResponse | None:
    """The same for several at once: names those who acted, and deletes none."""
    people = [row for row in objects if isinstance(row, get_user_model())]
    acted = kept.who_acted(people) if people and action_type == "delete" else []
    if not acted:
        return None
    messages.error(request, kept.refusal_for(acted))
    return redirect("wagtailusers_users:index")
