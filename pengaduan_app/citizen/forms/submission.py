"""The forms of `/lapor/`: the complaint, and the step before it is sent. They need no script."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ... import actions
from ...models import Agency, Category, Village
from ...procedure import Kind, labels
from ...text import LineField, TextField
from ..advice import AgencySuggestion
from .attaching import AttachingForm
from .fields import (
    REACHABLE_BY,
    AnswerableEmailField,
    AttachmentsField,
    NameField,
    PhoneField,
    SubjectField,
    phone_help,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAX_BODY = 5000
NO_KEY = uuid.UUID(int=0)


def _choice(
    queryset: QuerySet[Any], label: StrOrPromise, empty: StrOrPromise, help_text: StrOrPromise = ""
) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        queryset=queryset, label=label, empty_label=empty, required=False, help_text=help_text
    )


class SubmitForm(AttachingForm):
    """`/lapor/`: who, what, where. Name and a way to answer are required, unless somebody stays
    anonymous; never a NIK."""

    files_field = "attachments"

    kind = forms.ChoiceField(
        label=_("What would you like to send?"),
        choices=labels.choices(labels.KINDS),
        initial=Kind.COMPLAINT.value,
        widget=forms.RadioSelect,
    )
    subject = SubjectField()
    body = TextField(
        label=_("Tell us what happened"),
        min_length=15,
        max_length=MAX_BODY,
        help_text=_("What, where, since when. Please leave out other people's names and numbers."),
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={
            "required": _("Tell us what happened, so that the agency can act."),
            "min_length": _("Please tell us a little more: what, where, since when."),
            "max_length": _("This is too long (%(show_value)d characters). Use at most 5,000."),
        },
    )
    category = _choice(Category.objects.all(), _("Subject matter"), _("I don't know"))
    agency = _choice(
        Agency.objects.filter(active=True),
        _("Which agency is it for?"),
        _("I don't know, please choose for me"),
        help_text=_("If you don't know, we find the right agency for you."),
    )
    village = _choice(Village.objects.all(), _("Village (kelurahan)"), _("Not in one place"))
    place = LineField(
        label=_("Place"), required=False, max_length=200, help_text=_("A street, a landmark.")
    )
    attachments = AttachmentsField()
    anonymous = forms.BooleanField(
        label=_("Send it without my name"),
        required=False,
        help_text=_(
            "Nobody learns who you are, not even our staff: leave name, number, e-mail and address "
            "empty. You find the answer on this website, or with number and code alone."
        ),
    )
    name = NameField(
        label=_("Your name"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(
        label=_("Mobile number"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    email = AnswerableEmailField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        help_text=_("We write to you here when there is news."),
        error_messages={"invalid": _("Write it like nama@contoh.id, or leave it empty.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    address = LineField(
        label=_("Your address"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
    )
    confidential = forms.BooleanField(
        label=_("Keep my complaint confidential"),
        required=False,
        help_text=_(
            "It will not appear on this website, not even without your name; "
            "only you can read the answer."
        ),
    )
    consent = forms.BooleanField(
        label=_("I agree that my data are used to handle this complaint."),
        error_messages={"required": _("We need your consent to handle the complaint.")},
    )
    # Set by our own page only: a form sent from elsewhere never gets the step in between.
    advise = LineField(widget=forms.HiddenInput, required=False)

    GROUPS = (
        (_("Your complaint"), ("kind", "subject", "body", "category", "agency")),
        (_("Where"), ("village", "place", "attachments")),
        (_("About you"), ("anonymous", "name", "phone", "email", "address")),
        (_("Privacy"), ("confidential", "consent")),
    )

    def __init__(self, *args: Any, browser: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.browser = browser
        self.initial.setdefault("key", uuid.uuid4())

        self.fields["phone"].help_text = phone_help()

    def groups(self) -> list[tuple[StrOrPromise, list[forms.BoundField]]]:
        """The fields as the page shows them: headings, each with its bound fields."""
        return [(title, [self[name] for name in names]) for title, names in self.GROUPS]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("anonymous"):
            if any(cleaned.get(name) for name in ("name", "phone", "email", "address")):
                self.add_error("anonymous", str(actions.ANONYMOUS_IS_NOBODY))
            return cleaned
        if not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("Write your name. It is never published."))
        unanswerable = not any(cleaned.get(name) for name in REACHABLE_BY)
        if unanswerable and not set(REACHABLE_BY) & set(self.errors):
            self.add_error("phone", _("Give a mobile number or an e-mail address, one is enough."))
        return cleaned

    def may_store(self) -> bool:
        return bool(self.cleaned_data.get("consent"))

    def submission(self) -> dict[str, Any]:
        """The arguments of `actions.submit`, but for the files. A form that lost its key is known
        by its words alone."""
        data = self.cleaned_data
        words = {name: data[name] for name in actions.Words.__annotations__}
        who = (data["name"], data["phone"], data["email"], data["address"])
        identity = actions.Identity(*who, is_anonymous=data["anonymous"])
        key = data["key"] or NO_KEY
        return {"key": key, "identity": identity, "browser": self.browser, **words}

    def was_sent(self) -> bool:
        return not self.errors and actions.was_submitted(**self.submission())


class AgencyChoiceForm(forms.Form):
    """The step before sending: the citizen's own choice of an agency, or the suggested one."""

    def __init__(self, chosen: Agency | None, suggestion: AgencySuggestion) -> None:
        own_key = chosen.pk if chosen else ""
        own_name = chosen.name if chosen else _("Let the complaint administrator choose")
        super().__init__(initial={"agency": own_key})
        self.fields["agency"] = forms.ChoiceField(
            label=_("Which agency is it for?"),
            choices=[(own_key, own_name), (suggestion.agency.pk, suggestion.agency.name)],
            help_text=suggestion.reason,
            widget=forms.RadioSelect,
            required=False,
        )
