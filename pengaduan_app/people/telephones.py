"""The telephone numbers of staff, which the coordinator needs to chase a late agency (SOP C1)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from ..models import StaffContact
from ..permissions import Staff
from ..text import LineField, phone_fault


class StaffPhoneField(LineField):
    """One telephone number that somebody can be called on."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and phone_fault(value):
            raise forms.ValidationError(
                _("Write one telephone number of 8 to 15 digits, like 0812… or 0321…")
            )


def telephone_of(person: Staff) -> str:
    """Empty where none is known."""
    found = StaffContact.objects.filter(user=person.pk).values_list("telephone", flat=True)
    return found.first() or ""


def keep(person: Staff, telephone: str) -> None:
    """Store it in the place of the one before; an empty one is forgotten. Who may, the caller
    has asked."""
    if telephone:
        StaffContact.objects.update_or_create(user=person, defaults={"telephone": telephone})
    else:
        forget(person)


def forget(person: Staff) -> None:
    """Whoever has left their desk is not called."""
    StaffContact.objects.filter(user=person.pk).delete()
