"""What is asked once for several complaints at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ... import permissions
from ...actions import NotNow
from ...models import Agency, Complaint
from ...permissions import Staff
from ...procedure import Role
from ...text import LineField, shortened
from ...workflow import keep_names_out, note_field
from ..complaint.action_forms import PersonField, StaffedAgencyField
from ..complaint.proposals import Proposal, proposals_for
from ..listing.complaint_search import find_ticket

AGENCY = "agency_"


class BulkForm(forms.Form):
    """Asked once for all of `complaints`, which the user has chosen and may act on."""

    def __init__(
        self, *args: Any, complaints: Sequence[Complaint], user: Staff, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.complaints, self.user = complaints, user

    def clean(self) -> dict[str, Any]:
        """Notes name no reporter, whichever complaint they end up with."""
        super().clean()
        keep_names_out(self, self._reporters)
        return self.cleaned_data

    def _reporters(self) -> set[str]:
        prefetch_related_objects(list(self.complaints), "reporter")
        return {each.reporter.name for each in self.complaints}

    def arguments(self, complaint: Complaint) -> dict[str, Any]:
        """What the action takes for this complaint. Raises NotNow where the form leaves it out."""
        return dict(self.cleaned_data)


class BulkNoteForm(BulkForm):
    note = note_field()


class BulkForwardForm(BulkForm):
    official = PersonField(label=gettext_lazy("Official in charge"), queryset=None)
    note = note_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = {complaint.agency_id for complaint in self.complaints}
        officials = permissions.staff_of(Role.OFFICIAL, agencies)
        field = cast(forms.ModelChoiceField, self.fields["official"])
        field.queryset = get_user_model().objects.filter(pk__in=[each.pk for each in officials])
        if len(officials) == 1:
            # Nobody else is there to be chosen.
            field.initial, field.empty_label = officials[0].pk, None
        if len(agencies) > 1:
            field.help_text = _("Only the complaints of this official's agency are forwarded.")


class BulkRemindForm(BulkForm):
    message = note_field(
        gettext_lazy("Message to the agencies"),
        help_text=gettext_lazy(
            "It goes to the people whose step it is and to the head of their agency, by "
            "e-mail. Leave out what the reporter wrote."
        ),
    )


class BulkDuplicateForm(BulkForm):
    """One of the chosen complaints, or another one by its number, is the earlier one."""

    earlier = forms.ChoiceField(
        label=gettext_lazy("Earlier complaint"),
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Its answer will be shown to the other complaints' reporters too."),
    )
    other = LineField(
        label=gettext_lazy("Or the ticket number of another one"), required=False, max_length=24
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        oldest_first = sorted(self.complaints, key=lambda each: (each.created_at, each.pk))
        choices = [
            (str(each.pk), f"{each.ticket} · {shortened(each.subject, 80)}")
            for each in oldest_first
        ]
        field = cast(forms.ChoiceField, self.fields["earlier"])
        field.choices = choices
        field.initial = choices[0][0] if choices else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        other, earlier = cleaned.get("other"), cleaned.get("earlier")
        if other:
            cleaned["original"] = find_ticket(self.user, other)
            if cleaned["original"] is None:
                self.add_error(
                    "other",
                    _("Your agency has no complaint with this number. Check it in the list."),
                )
        elif earlier:
            [cleaned["original"]] = [each for each in self.complaints if str(each.pk) == earlier]
        elif not self.errors:
            self.add_error("earlier", _("Choose the complaint that the others are joined with."))
        return cleaned

    def arguments(self, complaint: Complaint) -> dict[str, Any]:
        original: Complaint = self.cleaned_data["original"]
        if original.pk == complaint.pk:
            raise NotNow(_("This is the earlier complaint: the others are joined with it."))
        return {"original": original}


class BulkTransferForm(BulkForm):
    """An agency for each complaint, with the likeliest one chosen already and why."""

    reason = note_field(gettext_lazy("Note for the agencies"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposals = proposals_for(self.complaints)
        agencies = Agency.objects.filter(active=True)
        staffed = permissions.agencies_with(Role.OPERATOR)
        for complaint in self.complaints:
            found = self.proposals[complaint.pk]
            field = StaffedAgencyField(
                label=f"{complaint.ticket} · {shortened(complaint.subject, 80)}",
                queryset=agencies,
                required=False,
                initial=found[0].agency.pk if found else None,
                empty_label=_("Leave it where it is"),
                help_text="\n".join(map(_line, found)),
            )
            field.staffed = staffed
            self.fields[f"{AGENCY}{complaint.pk}"] = field
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def arguments(self, complaint: Complaint) -> dict[str, Any]:
        agency = self.cleaned_data[f"{AGENCY}{complaint.pk}"]
        if agency is None:
            raise NotNow(_("No agency was chosen for it."))
        return {"agency": agency, "reason": self.cleaned_data["reason"]}


def _line(proposal: Proposal) -> str:
    return f"{proposal.agency.brief}: {proposal.reason}"
