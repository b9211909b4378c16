"""The form "Enter a complaint": what came by telephone, letter, counter or social media.

The fields about the reporter begin with `reporter_`, and nothing keeps these when a session is over
(unsent_forms.py).
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from ... import actions, permissions
from ...citizen import (
    AnswerableEmailField,
    AttachingForm,
    AttachmentsField,
    PhoneField,
    SubjectField,
)
from ...models import Agency, Category, Village
from ...permissions import Staff
from ...procedure import Channel, Consent, Kind, labels, receiving
from ...text import LineField, TextField
from ..complaint.action_forms import StaffedAgencyField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NO_KEY = uuid.UUID(int=0)
# How an agreement can reach somebody of the staff; the tick on the website is the citizen's own.
CONSENTS = {how: label for how, label in labels.CONSENTS.items() if how != Consent.FORM}
CHANNELS = {channel: labels.CHANNELS[channel] for channel in receiving.STAFF_CHANNELS}
# All that leads to a person, by what it is called in the vault.
REPORTER = {name: f"reporter_{name}" for name in ("name", "phone", "email", "address", "link")}


class DayField(forms.DateField):
    """A day, written in the language's order whatever the browser's is: 1-12 is no 12-1."""

    widget = AdminDateInput


class EnterForm(AttachingForm):
    """How it came, what was said, for whom it is, and who said it."""

    files_field = "attachments"

    # Nothing is chosen beforehand here and for the consent: a record says what somebody meant.
    channel = forms.ChoiceField(
        label=_("How did it come?"),
        choices=labels.choices(CHANNELS),
        widget=forms.RadioSelect,
    )
    received_on = DayField(
        label=_("Received by the office on"),
        help_text=_(
            "The day of the call, the visit or the post, or the day on which the letter came. The "
            "clock of the first step starts when you enter it, not on this day."
        ),
    )
    letter_number = LineField(
        label=_("Number of the letter"),
        required=False,
        max_length=80,
        help_text=_("As in your register of letters. Colleagues see it, the public never."),
    )
    letter_date = DayField(label=_("Date of the letter"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=labels.choices(labels.KINDS), initial=Kind.COMPLAINT.value
    )
    subject = SubjectField()
    body = TextField(
        label=_("What was said or written"),
        min_length=15,
        max_length=5000,
        help_text=_(
            "In the reporter's own words, as far as you can: they can't be changed later. Leave "
            "out the name and numbers; they have fields of their own."
        ),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    attachments = AttachmentsField()
    agency = StaffedAgencyField(
        queryset=Agency.objects.filter(active=True),
        label=_("Agency"),
        empty_label=_("I don't know: the complaint administrator chooses"),
        required=False,
        help_text=_("It starts there at the first step, whoever enters it."),
    )
    category = forms.ModelChoiceField(
        queryset=Category.objects.all(), label=_("Category"), required=False
    )
    village = forms.ModelChoiceField(
        queryset=Village.objects.all(), label=_("Village"), required=False
    )
    place = LineField(
        label=_("Place"), required=False, max_length=200, help_text=_("A street, a landmark.")
    )
    anonymous = forms.BooleanField(
        label=_("Without a name (anonymous)"),
        required=False,
        help_text=_(
            "Nobody learns who it was, this office included: no name is asked, and the answer is "
            "found on the website or with number and code alone."
        ),
    )
    reporter_name = LineField(label=_("Reporter's name"), required=False, max_length=100)
    reporter_phone = PhoneField(label=_("Mobile number"), required=False, max_length=30)
    reporter_email = AnswerableEmailField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        help_text=_("News goes there. Without it, number and code alone lead to the answer."),
        error_messages={"invalid": _("Write it like nama@contoh.id, or leave it empty.")},
    )
    reporter_address = LineField(label=_("Reporter's address"), required=False, max_length=300)
    reporter_link = LineField(
        label=_("Address of the post"),
        required=False,
        max_length=500,
        help_text=_(
            "On social media: https://… It leads to whoever wrote it, so it is stored with the "
            "reporter's identity."
        ),
    )
    confidential = forms.BooleanField(
        label=_("Confidential"),
        required=False,
        help_text=_(
            "The office knows who it was, and the public learns nothing: neither the complaint nor "
            "the answer appears on the website."
        ),
    )
    consent_how = forms.ChoiceField(
        label=_("How did the reporter agree?"),
        choices=labels.choices(CONSENTS),
        widget=forms.RadioSelect,
    )
    consent = forms.BooleanField(
        label=_("The reporter agrees that what they said is used to handle the complaint."),
        help_text=_("Ask before you write anything down. The agreement is stored with its way."),
        error_messages={"required": _("Without the reporter's consent nothing may be stored.")},
    )

    GROUPS = (
        (_("How it came"), ("channel", "received_on", "letter_number", "letter_date")),
        (_("What it is about"), ("kind", "subject", "body", "attachments")),
        (_("For whom, and where"), ("agency", "category", "village", "place")),
        (_("Who said it"), ("anonymous", *REPORTER.values())),
        (_("Privacy"), ("confidential", "consent_how", "consent")),
    )

    class Media:
        js = ["pengaduan_app/js/submit.js", "pengaduan_app/js/attachments.js"]

    def __init__(self, *args: Any, user: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        own = permissions.agency_ids_of(user)
        self.initial.setdefault("key", uuid.uuid4())
        self.initial.setdefault("received_on", timezone.localdate())
        self.initial.setdefault("agency", min(own, default=None))
        self.fields["attachments"].label = _("Scanned letter, photos or documents")

    def groups(self) -> list[tuple[StrOrPromise, list[forms.BoundField]]]:
        """The fields as the page shows them: headings, each with its bound fields."""
        return [(title, [self[name] for name in names]) for title, names in self.GROUPS]

    def clean_received_on(self) -> Any:
        day = self.cleaned_data["received_on"]
        for refusal in actions.date_refusals(day):
            raise forms.ValidationError(refusal)
        return day

    def clean_reporter_link(self) -> str:
        link: str = self.cleaned_data["reporter_link"]
        if link and not actions.is_web_address(link):
            raise forms.ValidationError(
                _("Write the whole address of the post. It begins with https:// or http://.")
            )
        return link

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        told = any(cleaned.get(name) for name in REPORTER.values())
        if cleaned.get("anonymous") and told:
            self.add_error("anonymous", str(actions.ANONYMOUS_IS_NOBODY))
        missing = not cleaned.get("reporter_name") and "reporter_name" not in self.errors
        if missing and not cleaned.get("anonymous"):
            self.add_error(
                "reporter_name", _("Write the reporter's name, or tick “Without a name”.")
            )
        if actions.names_somebody(
            cleaned.get("letter_number", ""), cleaned.get("reporter_name", "")
        ):
            self.add_error(
                "letter_number", _("Leave names and e-mail addresses out of the letter's number.")
            )
        written, came = cleaned.get("letter_date"), cleaned.get("received_on")
        if written and came and written > came:
            self.add_error(
                "letter_date",
                _("The letter can't be dated after the day on which it was received."),
            )
        return cleaned

    def may_store(self) -> bool:
        return bool(self.cleaned_data.get("consent"))

    def submission(self) -> dict[str, Any]:
        """The arguments of `actions.submit`, but for the files."""
        data = self.cleaned_data
        words = {name: data[name] for name in actions.Words.__annotations__}
        identity = actions.Identity(
            **{name: data[field] for name, field in REPORTER.items()},
            consent=Consent(data["consent_how"]),
            is_anonymous=data["anonymous"],
        )
        letter = (data["letter_number"], data["letter_date"])
        return {
            "key": data["key"] or NO_KEY,
            "identity": identity,
            "browser": f"staff {self.user.pk}",
            "channel": Channel(data["channel"]),
            "entered": actions.Entered(self.user, data["received_on"], *letter),
            **words,
        }

    def was_sent(self) -> bool:
        return not self.errors and actions.was_submitted(**self.submission())
