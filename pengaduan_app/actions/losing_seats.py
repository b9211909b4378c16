"""Whoever loses a role or an agency, by whatever screen or script, gives back what was theirs.

The screens of staff (people/) hand it on themselves, in the same transaction; then nothing is
left here to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from . import assigning


def after_groups_changed(
    sender: object, instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **_: object
) -> None:
    """Somebody was taken out of groups; `reverse` if it was done from the group's side."""
    if action in ("post_remove", "post_clear"):
        _look_later((pk_set or ()) if reverse else (instance.pk,))


def after_account_saved(sender: object, instance: Any, created: bool, **_: object) -> None:
    """An account was deactivated, or changed while it is."""
    if not created and not instance.is_active:
        _look_later((instance.pk,))


def _look_later(people: Iterable[int]) -> None:
    """Once it is certain, and the screens of staff have handed on what they were told to."""
    transaction.on_commit(partial(_look, tuple(people)))


def _look(people: tuple[int, ...]) -> None:
    for person in get_user_model().objects.filter(pk__in=people):
        assigning.let_go(person)
