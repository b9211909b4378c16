"""What can't be deleted or taken away because the procedure, or its record, rests on it.

Receivers of signals, so that they hold for every screen, bulk action and script. They raise Kept,
which the middleware turns into a message.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, Group, Permission
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from wagtail.models import GroupPagePermission, ModelLogEntry

from .. import permissions
from ..actions import ActionRefused
from ..models import (
    AgencyPage,
    Complaint,
    ComplaintIndexPage,
    Reminder,
    StepRecord,
    ThreadEntry,
)
from ..procedure import Role, sop
from . import sections

RECORDS = (StepRecord, Reminder, ThreadEntry)


class Kept(ActionRefused):
    """Something was to go that has to stay; the message tells what to do instead."""


def who_acted(people: Iterable[Any]) -> list[AbstractBaseUser]:
    """Those of the users whom the ledger, the thread, a complaint or the log names."""
    keys = [person.pk for person in people]
    named: set[int] = set()
    for rows in (
        StepRecord.objects.order_by().filter(finished_by__in=keys).values_list("finished_by"),
        StepRecord.objects.order_by().filter(assigned_to__in=keys).values_list("assigned_to"),
        Reminder.objects.order_by().filter(by__in=keys).values_list("by"),
        ThreadEntry.objects.order_by().filter(author__in=keys).values_list("author"),
        Complaint.objects.order_by().filter(official__in=keys).values_list("official"),
        Complaint.objects.order_by().filter(assignee__in=keys).values_list("assignee"),
        ModelLogEntry.objects.order_by()
        .filter(user__in=keys, action__startswith="pengaduan_app.")
        .values_list("user"),
    ):
        named |= {key for (key,) in rows.distinct() if key}
    return list(get_user_model().objects.filter(pk__in=named).order_by("pk"))


def refusal_for(people: Iterable[AbstractBaseUser]) -> str:
    """Why these accounts stay, and what to do instead."""
    return _(
        "Nothing was deleted. The procedure's records say what was done by %(people)s, so the "
        "account has to stay. Deactivate it instead: edit the user, and take away the tick at "
        "“Active”. Then nothing waits for this person any more."
    ) % {"people": ", ".join(person.get_username() for person in people)}


def refusal_of(error: ProtectedError) -> str:
    """The same for rows that the database itself keeps, by what names them."""
    if _is_about_people(error):
        people = {_person_of(row) for row in error.protected_objects if isinstance(row, RECORDS)}
        if people := people - {None}:
            return refusal_for(sorted(people, key=lambda person: person.pk))
    kinds = {str(row._meta.verbose_name) for row in error.protected_objects}
    return _("Nothing was deleted, because other entries still name it: %(entries)s.") % {
        "entries": ", ".join(sorted(kinds))
    }


def _is_about_people(error: ProtectedError) -> bool:
    """True if accounts were to go; an agency is named by the same rows, and is no account."""
    return f"model {get_user_model().__name__!r}" in str(error.args[0])


def _person_of(row: Any) -> Any:
    names = ("finished_by", "by", "author")
    return next((person for name in names if (person := getattr(row, name, None))), None)


def keep_who_acted(sender: object, instance: AbstractBaseUser, **kwargs: object) -> None:
    """Also those whom the database would let go: whoever opened the vault, or is in charge."""
    if acted := who_acted([instance]):
        raise Kept(refusal_for(acted))


def keep_group(sender: object, instance: Group, **kwargs: object) -> None:
    """A role's group stays while people have the role by it, or nobody could have it any more."""
    roles = roles_of_group(instance)
    if roles and (instance.user_set.exists() or _last_holders(instance, roles)):
        raise Kept(
            _(
                "The group “%(group)s” was not deleted: its members have their role in the "
                "procedure by it. Take people out of the group instead."
            )
            % {"group": instance.name}
        )


def keep_role_permission(
    sender: object,
    instance: Group | Permission,
    action: str,
    reverse: bool,
    pk_set: set[int] | None,
    **kwargs: object,
) -> None:
    """No role loses its last group through a tick taken away in the group's form."""
    if action not in ("pre_remove", "pre_clear") or reverse or not isinstance(instance, Group):
        return
    going = instance.permissions.all()
    if pk_set is not None:
        going = going.filter(pk__in=pk_set)
    lost = roles_of_group(instance) & _roles_in(going)
    if _last_holders(instance, lost):
        raise Kept(
            _(
                "The group “%(group)s” keeps its role in the procedure: no other group has it, so "
                "nobody could do that role's steps any more. Nothing was changed."
            )
            % {"group": instance.name}
        )


def keep_page_permission(sender: object, instance: GroupPagePermission, **kwargs: object) -> None:
    """Agency and city roles go on editing the pages of complaints in their steps."""
    if instance.permission.codename != sections.PAGE_PERMISSION:
        return
    page = instance.page.specific
    agency = isinstance(page, AgencyPage) and page.agency.group_id == instance.group_id
    city = isinstance(page, ComplaintIndexPage) and roles_of_group(instance.group) & CITY_EDITORS
    if agency or city:
        raise Kept(
            _(
                "The group “%(group)s” keeps its permission on “%(page)s”: without it nobody "
                "could write the answers. Nothing was changed."
            )
            % {"group": instance.group.name, "page": page.title}
        )


def keep_index(sender: object, instance: ComplaintIndexPage, **kwargs: object) -> None:
    """The agencies' sections and all answers hang below the index."""
    raise Kept(
        _("“%(page)s” was not deleted: all complaints' pages belong below it.")
        % {"page": instance.title}
    )


# Who edits by a permission on the index, and so in all sections.
CITY_EDITORS = frozenset(sop.CITY_ROLES) - {Role.ADMIN}


def roles_of_group(group: Group) -> set[Role]:
    """The roles that a group gives to its members."""
    return _roles_in(group.permissions.all())


def _roles_in(rows: Any) -> set[Role]:
    codenames = set(
        rows.filter(content_type__app_label="pengaduan_app").values_list("codename", flat=True)
    )
    return {role for role, name in permissions.ROLE_PERMISSION.items() if name in codenames}


def _last_holders(group: Group, roles: set[Role]) -> bool:
    """True if one of the roles is given by this group alone."""
    return any(
        not Group.objects.exclude(pk=group.pk)
        .filter(
            permissions__content_type__app_label="pengaduan_app",
            permissions__codename=permissions.ROLE_PERMISSION[role],
        )
        .exists()
        for role in roles
    )
