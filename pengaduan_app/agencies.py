"""What is said when an agency's entry is saved in the admin."""

from __future__ import annotations

from django.contrib import messages
from django.utils.translation import gettext as _

from . import permissions
from .models import Agency
from .procedure import Role


def warn_without_operator(request, saved) -> None:
    """A complaint sent to an agency without an operator would wait for nobody."""
    if not isinstance(saved, Agency) or not saved.active:
        return
    if saved.pk not in permissions.agencies_with(Role.OPERATOR):
        messages.warning(
            request,
            _(
                "%(agency)s has no operator yet: nobody would receive its complaints. Give a user "
                "the groups “Operator” and “%(agency)s”."
            )
            % {"agency": saved.name},
        )
