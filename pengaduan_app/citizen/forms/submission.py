"""The citizen's forms: complain, follow up. They work without JavaScript."""

from __future__ import annotations

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ...models import Agency, Category, Complaint, Village
from ...privacy import attachments
from ...procedure import Kind, labels
from .. import upload_store
from .fields import AttachmentsField, CleanCharField, KeyField, MultipleFileInput

MAX_BODY = 5000


def _choice(queryset, label, empty, **kwargs):
    return forms.ModelChoiceField(
        queryset=queryset, label=label, empty_label=empty, required=False, **kwargs
    )


# One of these is needed, so that the reporter can be told.
REACHABLE_BY = ("phone", "email")


class SubmitForm(forms.Form):
    """`/lapor/`: who, what, where. Name and a way to answer are needed, no NIK."""

    kind = forms.ChoiceField(
        label=_("What would you like to send?"),
        choices=labels.choices(labels.KINDS),
        initial=Kind.COMPLAINT.value,
        widget=forms.RadioSelect,
    )
    subject = CleanCharField(
        label=_("In one sentence, what is it about?"),
        min_length=5,
        max_length=120,
        error_messages={
            "required": _("Write in one sentence what it is about."),
            "min_length": _("Write in one sentence what it is about."),
        },
    )
    body = CleanCharField(
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
    place = CleanCharField(
        label=_("Place"), required=False, max_length=200, help_text=_("A street, a landmark.")
    )
    attachments = AttachmentsField(
        label=_("Photos or documents"),
        required=False,
        help_text=_(
            "Up to 5 files: JPEG, PNG, WebP or PDF, 10 MB each. "
            "Where and when a photo was taken is removed from it."
        ),
        widget=MultipleFileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}
        ),
    )
    name = CleanCharField(
        label=_("Your name"),
        max_length=100,
        error_messages={"required": _("Write your name. It is never published.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = CleanCharField(
        label=_("Mobile number"),
        required=False,
        max_length=30,
        help_text=_("Fill in one of the two: a mobile number or an e-mail address."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        help_text=_("We write to you here when there is news."),
        error_messages={"invalid": _("Write it like nama@contoh.id, or leave it empty.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    address = CleanCharField(
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
    key = KeyField(widget=forms.HiddenInput, required=False)
    # Set in our own page alone: whoever sends the form without it is never held up.
    advise = CleanCharField(widget=forms.HiddenInput, required=False)
    # The ticket for files that were kept while the step before sending was read.
    kept = CleanCharField(widget=forms.HiddenInput, required=False)

    GROUPS = (
        (_("Your complaint"), ("kind", "subject", "body", "category", "agency")),
        (_("Where"), ("village", "place", "attachments")),
        (_("About you"), ("name", "phone", "email", "address")),
        (_("Privacy"), ("confidential", "consent")),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())
        for name in REACHABLE_BY:
            # "Optional" would be half the truth beside either of them.
            self.fields[name].one_of = REACHABLE_BY

    def groups(self):
        """The fields as the page shows them: a heading and its bound fields."""
        return [(title, [self[name] for name in names]) for title, names in self.GROUPS]

    def clean_phone(self):
        phone = self.cleaned_data["phone"]
        if phone and not 8 <= sum(sign.isdigit() for sign in phone) <= 15:
            raise ValidationError(_("Write the number with its digits only, like 0812…"))
        return phone

    def clean(self):
        cleaned = super().clean()
        unanswerable = not any(cleaned.get(name) for name in REACHABLE_BY)
        if unanswerable and not set(REACHABLE_BY) & set(self.errors):
            self.add_error("phone", _("Give a mobile number or an e-mail address, one is enough."))
        if cleaned.get("kept"):
            self._add_kept(cleaned)
        return cleaned

    def _add_kept(self, cleaned) -> None:
        """Put the kept files before those that came along now."""
        key = cleaned.get("key")
        try:
            files = [*upload_store.load(cleaned["kept"], key), *cleaned.get("attachments", [])]
        except upload_store.Gone:
            # Sent already, by a double click: its receipt is all that is wanted.
            if not Complaint.objects.filter(submission_key=key).exists():
                self._forget_kept()
            return
        cleaned["attachments"] = files
        if len(files) > attachments.MAX_FILES:
            self.add_error("attachments", _("Attach no more than 5 files."))

    def _forget_kept(self) -> None:
        self.data = self.data.copy()
        self.data["kept"] = ""
        self.add_error(
            "attachments", _("Your files are no longer kept here. Please attach them again.")
        )


class AgencyChoiceForm(forms.Form):
    """The step before sending: one's own choice of an agency, or the suggested one."""

    agency = forms.ChoiceField(
        label=_("Which agency is it for?"), widget=forms.RadioSelect, required=False
    )

    def __init__(self, chosen, suggestion):
        super().__init__(initial={"agency": chosen.pk if chosen else ""})
        own = chosen.name if chosen else _("Let the complaint administrator choose")
        self.fields["agency"].choices = [
            (chosen.pk if chosen else "", own),
            (suggestion.agency.pk, suggestion.agency.name),
        ]
        self.fields["agency"].help_text = suggestion.reason
