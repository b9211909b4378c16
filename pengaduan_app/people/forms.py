"""The forms about a member of staff: name and address, seats, and who gets what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .. import actions, permissions
from ..models import Agency
from ..permissions import Seats, Staff
from ..presentation import person_name, read_key
from ..procedure import Role, labels
from ..text import LineField, email_address, is_deliverable
from .accounts import Takers
from .telephones import StaffPhoneField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ROLES = labels.choices(labels.ROLES)
TAKER = "taker-"


class StaffEmailField(forms.EmailField):
    """An address that an invitation can be sent to, in lower case."""

    default_error_messages: ClassVar[dict[str, StrOrPromise]] = {
        "invalid": gettext_lazy("Write the whole address, like nama@contoh.go.id.")
    }

    def clean(self, value: Any) -> str:
        return super().clean(email_address(value).lower() if isinstance(value, str) else value)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not is_deliverable(value):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")


class PersonField(forms.ModelChoiceField):
    """A member of staff, by name."""

    def label_from_instance(self, person: Staff) -> str:
        return person_name(person)


class NameForm(forms.Form):
    """Name and e-mail address."""

    name = LineField(label=gettext_lazy("Name"), max_length=150)
    email = StaffEmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        help_text=gettext_lazy(
            "The invitation goes there. For a new account it is the user name too."
        ),
    )
    telephone = StaffPhoneField(
        label=gettext_lazy("Telephone"),
        max_length=40,
        required=False,
        help_text=gettext_lazy(
            "The coordinator sees the number of an agency's head beside what the agency owes; "
            "nobody else does."
        ),
    )


class AgenciesField(forms.ModelMultipleChoiceField):
    """Django's own would ask the database for a number that it can't hold."""

    def clean(self, value: Any) -> QuerySet[Agency]:
        for key in value or ():
            if read_key(str(key)) is None:
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": str(key)[:20]},
                )
        chosen: QuerySet[Agency] = super().clean(value)
        return chosen


class SeatsForm(forms.Form):
    """Agency and role, and below them further ones for people who have several."""

    agency = forms.ModelChoiceField(
        label=gettext_lazy("Agency"),
        queryset=Agency.objects.all(),
        required=False,
        empty_label=gettext_lazy("None: for the whole city"),
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=[("", "—"), *ROLES])
    also_roles = forms.MultipleChoiceField(
        label=gettext_lazy("Also has the role"),
        choices=ROLES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    also_agencies = AgenciesField(
        label=gettext_lazy("Also in the agency"),
        queryset=Agency.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    # Few people need these.
    further = ("also_roles", "also_agencies")

    @property
    def seats(self) -> Seats:
        """What a valid form says."""
        cleaned = self.cleaned_data
        first = {cleaned["agency"].pk} if cleaned["agency"] else set()
        return Seats(
            frozenset({Role(cleaned["role"]), *map(Role, cleaned["also_roles"])}),
            frozenset(first | {agency.pk for agency in cleaned["also_agencies"]}),
        )


class AddForm(SeatsForm, NameForm):
    """All that is asked about a new member of staff."""

    field_order = ("name", "email", "telephone", "agency", "role")


def seats_as_initial(seats: Seats) -> dict[str, Any]:
    """What a form shows of somebody's seats: the first in the selects, the others ticked."""
    roles = [role.value for role in Role if role in seats.roles]
    agencies = list(Agency.objects.filter(pk__in=seats.agencies).values_list("pk", flat=True))
    return {
        "role": roles[0] if roles else "",
        "also_roles": roles[1:],
        "agency": agencies[0] if agencies else None,
        "also_agencies": agencies[1:],
    }


class HandOnForm(forms.Form):
    """One select for each agency in which the person is in charge of open complaints."""

    def __init__(self, *args: Any, person: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = actions.held_by(person).order_by().values("agency").annotate(count=Count("pk"))
        counts = {row["agency"]: row["count"] for row in held}
        for agency in Agency.objects.filter(pk__in=counts):
            self.fields[f"{TAKER}{agency.pk}"] = self._taker(person, agency, counts[agency.pk])

    def _taker(self, person: Staff, agency: Agency, count: int) -> PersonField:
        officials = permissions.staff_of(Role.OFFICIAL, [agency.pk])
        keys = [official.pk for official in officials if official.pk != person.pk]
        text = ngettext(
            "Who gets %(count)d open complaint of %(agency)s",
            "Who gets %(count)d open complaints of %(agency)s",
            count,
        )
        return PersonField(
            label=text % {"count": count, "agency": agency.brief},
            queryset=get_user_model().objects.filter(pk__in=keys).order_by("first_name", "pk"),
            required=False,
            empty_label=_("All officials of %(agency)s") % {"agency": agency.brief},
            help_text="" if keys else _("This agency has no other official yet."),
        )

    @property
    def takers(self) -> Takers:
        """Whom a valid form names, by the key of the agency."""
        return {
            int(name.removeprefix(TAKER)): person
            for name, person in self.cleaned_data.items()
            if name.startswith(TAKER)
        }


class MoveForm(HandOnForm, SeatsForm):
    """The seats from now on, and who gets what is held where the person leaves."""
