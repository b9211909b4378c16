"""The forms of the complaint's actions in the admin: what each one needs, and no more."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib.auth import get_user_model
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text import get_rich_text_editor_widget

from ... import permissions
from ...models import ANSWER_FEATURES, Agency, Category, Complaint, Village, blanks_message
from ...permissions import Staff
from ...presentation import person_name
from ...privacy import redaction
from ...procedure import Role, labels
from ...text import LineField, TextField, is_blank
from ...workflow import ActionForm, note_field, other_agencies
from ..listing.complaint_search import find_ticket
from .proposals import proposals_for


class PersonField(forms.ModelChoiceField):
    """A member of staff, by name."""

    def label_from_instance(self, person: Staff) -> str:
        return person_name(person)


class StaffedAgencyField(forms.ModelChoiceField):
    """An agency, with a warning beside those where nobody would receive the complaint."""

    @cached_property
    def staffed(self) -> set[int]:
        """The keys of the agencies that have an operator; each form has its own field."""
        return permissions.agencies_with(Role.OPERATOR)

    def label_from_instance(self, agency: Agency) -> str:
        if agency.pk in self.staffed:
            return agency.name
        return _("%(agency)s (no operator yet)") % {"agency": agency.name}


def _choice(form: forms.Form, name: str) -> forms.ModelChoiceField:
    """The form's field that offers rows of a model; Django calls it a field of any kind."""
    return cast(forms.ModelChoiceField, form.fields[name])


class VerifyForm(ActionForm):
    note = note_field()


class ForwardForm(ActionForm):
    official = PersonField(label=_("Official in charge"), queryset=None)
    note = note_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        officials = permissions.staff_of(Role.OFFICIAL, [self.complaint.agency_id])
        _choice(self, "official").queryset = get_user_model().objects.filter(
            pk__in=[person.pk for person in officials]
        )
        if len(officials) == 1:
            self.initial["official"] = officials[0].pk
            # Nobody else is there to be chosen.
            _choice(self, "official").empty_label = None


class AnswerForm(ActionForm):
    answer = TextField(
        label=_("Answer"), help_text=_("Public relations will check it before it is published.")
    )
    note = note_field()

    class Media:
        js = ["pengaduan_app/js/desk.js"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Not at import: the editor collects its features from every app's hooks.
        self.fields["answer"].widget = get_rich_text_editor_widget(features=ANSWER_FEATURES)

    def clean_answer(self) -> str:
        answer = self.cleaned_data["answer"]
        if is_blank(redaction.plain(answer)):
            raise forms.ValidationError(_("Write the answer first."))
        if message := blanks_message(answer):
            raise forms.ValidationError(message)
        return answer


class MisroutedForm(ActionForm):
    agency = forms.ModelChoiceField(
        label=_("Agency where it seems to belong"),
        queryset=Agency.objects.none(),
        required=False,
        empty_label=_("I don't know"),
    )
    reason = note_field(_("Why it is outside your agency's remit"), required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choice(self, "agency").queryset = other_agencies(self.complaint)


class TransferForm(ActionForm):
    agency = StaffedAgencyField(
        label=_("Right agency"), queryset=Agency.objects.filter(active=True)
    )
    reason = note_field(_("Note for the agency"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposals = proposals_for([self.complaint])[self.complaint.pk]
        if self.proposals:
            self.initial.setdefault("agency", self.proposals[0].agency.pk)


class DeclineForm(ActionForm):
    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=labels.choices(labels.GROUNDS),
        widget=forms.RadioSelect,
        help_text=_("The reporter is told this ground."),
    )
    message = note_field(_("Message to the reporter"))


class ReferForm(ActionForm):
    message = note_field(
        _("Message to the reporter"),
        help_text=_("The reporter is told that the inspectorate handles such matters."),
    )


class DuplicateForm(ActionForm):
    original = LineField(
        label=_("Ticket number of the earlier complaint"),
        max_length=24,
        help_text=_("Its answer will be shown to this complaint's reporter too."),
    )

    def clean_original(self) -> Complaint:
        found = find_ticket(self.user, self.cleaned_data["original"])
        if found is None:
            raise forms.ValidationError(
                _("Your agency has no complaint with this number. Check it in the list.")
            )
        return found


class UndoForm(ActionForm):
    """Asks nothing."""


class AskForm(ActionForm):
    question = note_field(
        _("Your question"),
        required=True,
        help_text=_(
            "Short and polite, at most 500 characters. The reporter reads it when tracking the "
            "complaint; an e-mail says only that there is a question."
        ),
        limit=500,
    )


class ContributeForm(ActionForm):
    note = note_field(
        _("What your agency found or did"),
        required=True,
        help_text=_("The head who called you is told, and reads this beside the answer."),
    )


class KeepForm(ActionForm):
    note = note_field(help_text=_("The correction ends, and what was changed in its draft goes."))


class CorrectForm(ActionForm):
    correction = note_field(
        _("What is corrected"),
        required=True,
        help_text=_(
            "One sentence for the readers; it will stand beside the answer with the date, and "
            "can still be changed on the answer's page. An answer that was withdrawn comes back "
            "to the website the same way."
        ),
        limit=200,
    )


class VillageField(forms.ModelChoiceField):
    """A village, with its district: two villages may share a name."""

    def label_from_instance(self, village: Village) -> str:
        return f"{village.name} ({village.district})"


class ClassifyForm(ActionForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=labels.choices(labels.KINDS))
    category = forms.ModelChoiceField(
        label=_("Category"), queryset=Category.objects.all(), required=False
    )
    village = VillageField(label=_("Village"), queryset=Village.objects.all(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        complaint = self.complaint
        self.initial = {
            "kind": complaint.kind,
            "category": complaint.category_id,
            "village": complaint.village_id,
            **self.initial,
        }


class RevealForm(ActionForm):
    reason = note_field(
        _("Why you need the reporter's identity"),
        required=True,
        help_text=_("Your name, the time and this reason are kept in the log."),
    )


class RemindForm(ActionForm):
    message = note_field(
        _("Message to the agency"),
        help_text=_(
            "It goes to the people whose step it is and to the head of their agency, by "
            "e-mail. Leave out what the reporter wrote."
        ),
    )
