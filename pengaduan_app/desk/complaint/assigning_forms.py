"""What is asked when the open step is taken, given or given back."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from ... import actions, permissions
from ...permissions import Staff
from ...presentation import person_name
from ...procedure import sop
from ...workflow import ActionForm
from .assigned import leaves_today


class ColleagueField(forms.ModelChoiceField):
    """A member of staff, by name, and that they are on leave."""

    leaves: dict[int, str]

    def label_from_instance(self, person: Staff) -> str:
        leave = self.leaves.get(person.pk)
        return f"{person_name(person)} ({leave})" if leave else person_name(person)


class BareForm(ActionForm):
    """A button that asks nothing."""


class GiveForm(ActionForm):
    person = ColleagueField(
        label=_("Who shall have this step"),
        queryset=None,
        help_text=_(
            "They are told by e-mail and reminded first. Whoever else has the role may still do it."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        step, field = self.complaint.open_step, cast(ColleagueField, self.fields["person"])
        people = (
            permissions.staff_of(sop.STEPS[step].role, [self.complaint.agency_id]) if step else []
        )
        holder = actions.holder_of(self.complaint)
        keys = [person.pk for person in people if person != holder]
        field.leaves = leaves_today()
        field.queryset = (
            get_user_model().objects.filter(pk__in=keys).order_by("first_name", "last_name", "pk")
        )
        if not keys:
            field.help_text = _(
                "Nobody else has the role of this step. The complaint administrator can give it "
                "to somebody."
            )
