"""What every action's form shares, and the forms of the workflow's buttons.

They stand apart from desk/action_forms.py because the tasks, which are models, need them:
Wagtail's rich text editor can't be imported while models load.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ..models import Agency, ChecklistItem, Complaint, known_names
from ..permissions import Staff
from ..privacy import redaction
from ..procedure import Action
from ..text import TextField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NOTE_LIMIT = 2000


class NoteField(TextField):
    """Text for the ledger and the log, which may hold no personal data."""

    def clean(self, value: object) -> str:
        note: str = super().clean(value)
        if redaction.find_personal_data(note):
            raise forms.ValidationError(
                _("Leave out telephone numbers, e-mail addresses and 16-digit numbers.")
            )
        return note


def note_field(
    label: StrOrPromise = "",
    required: bool = False,
    help_text: StrOrPromise = "",
    limit: int = NOTE_LIMIT,
) -> NoteField:
    """A few lines of free text; without a label of its own it is a note for colleagues."""
    return NoteField(
        label=label or _("Note for your colleagues"),
        required=required,
        max_length=limit,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def keep_names_out(form: forms.Form, names: Callable[[], set[str]]) -> None:
    """Adds an error to each note of the form that holds one of the reporters' names, which are
    read only if something was written."""
    notes = [name for name, field in form.fields.items() if isinstance(field, NoteField)]
    written = {name: form.cleaned_data[name] for name in notes if form.cleaned_data.get(name)}
    if not written:
        return
    reporters, known = names(), known_names()
    for name, text in written.items():
        if any(redaction.find_personal_data(text, who, known=known) for who in reporters):
            form.add_error(name, _("Leave out the reporter's name: write “the reporter”."))


class ActionForm(forms.Form):
    """A form of one action on one complaint."""

    def __init__(
        self,
        *args: Any,
        complaint: Complaint,
        user: Staff,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.complaint, self.user = complaint, user

    def clean(self) -> dict[str, Any]:
        """Notes don't name the reporter either; a field alone doesn't know who that is."""
        super().clean()
        keep_names_out(self, lambda: {self.complaint.reporter.name})
        return self.cleaned_data

    def action_arguments(self) -> dict[str, Any]:
        """What the form's action takes besides complaint and user."""
        return dict(self.cleaned_data)


def other_agencies(complaint: Complaint) -> QuerySet[Agency]:
    """The active agencies, without the one that has the complaint."""
    others = Agency.objects.filter(active=True)
    return others.exclude(pk=complaint.agency_id) if complaint.agency_id else others


class SendBackForm(ActionForm):
    note = note_field(_("What has to be changed"), required=True)


class CoordinateForm(ActionForm):
    # Keys and not objects: Wagtail passes a form's cleaned data on as JSON.
    agencies = forms.MultipleChoiceField(
        label=_("Agencies to coordinate with"), widget=forms.CheckboxSelectMultiple
    )
    note = note_field(_("What you ask of them"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = other_agencies(self.complaint)
        field = cast(forms.MultipleChoiceField, self.fields["agencies"])
        field.choices = [(str(agency.pk), agency.name) for agency in others]

    def action_arguments(self) -> dict[str, Any]:
        agencies = Agency.objects.filter(pk__in=self.cleaned_data["agencies"])
        return {"agencies": list(agencies), "note": self.cleaned_data["note"]}


class ChecklistField(forms.MultipleChoiceField):
    """A box for each point of the check-list before publishing; all have to be ticked.

    A point is sent as its text: a box of a point that was reworded since is none.
    """

    def __init__(self, points: list[str]) -> None:
        super().__init__(
            label=_("Before it goes on"),
            help_text=_("Tick what you have seen to be so. The log keeps it."),
            widget=forms.CheckboxSelectMultiple,
            choices=[(point, point) for point in points],
            error_messages={
                "required": _("Tick each point first."),
                "invalid_choice": _("The check-list was changed meanwhile. Read it again."),
            },
        )
        self.points = points

    def clean(self, value: object) -> list[str]:
        ticked: list[str] = super().clean(value)
        if set(ticked) != set(self.points):
            raise forms.ValidationError(self.error_messages["required"])
        return ticked


def points_to_confirm(complaint: Complaint) -> list[str]:
    """The points of the check-list that stand before the end of the complaint's open step."""
    return ChecklistItem.objects.to_confirm(complaint.open_step, complaint.is_confidential)


class PassOnForm(ActionForm):
    """The buttons that end a step. They act at once where there is no check-list; Wagtail's
    dashboard may send a comment along."""

    comment = note_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        points = points_to_confirm(self.complaint)
        if points:
            self.fields["confirmed"] = ChecklistField(points)
            self.order_fields(["confirmed", "comment"])

    def action_arguments(self) -> dict[str, Any]:
        confirmed = self.cleaned_data.get("confirmed")
        return {"note": self.cleaned_data["comment"], "confirmed": confirmed or ()}


# By the action's name, as Wagtail passes it.
WORKFLOW_FORMS: dict[str, type[ActionForm]] = {
    Action.APPROVE: PassOnForm,
    Action.PUBLISH_PRIVATELY: PassOnForm,
    Action.SEND_BACK: SendBackForm,
    Action.COORDINATE: CoordinateForm,
}
# These ask first, in a dialog; the others act at once, unless there is a check-list.
ASKING = frozenset({Action.SEND_BACK, Action.COORDINATE})
