"""Labels for the fields of Wagtail's link dialogs, which show their English identifiers."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import choosers

LABELS = {
    "link_text": _("Link text"),
    "email_address": _("E-mail address"),
    "subject": _("Subject of the message"),
    "body": _("Text of the message"),
    "phone_number": _("Telephone number"),
}
FORMS = (
    choosers.ExternalLinkChooserForm,
    choosers.AnchorLinkChooserForm,
    choosers.EmailLinkChooserForm,
    choosers.PhoneLinkChooserForm,
)


def name_fields() -> None:
    """Give every field in these forms its Indonesian label."""
    for form in FORMS:
        for name in LABELS.keys() & form.base_fields.keys():
            form.base_fields[name].label = LABELS[name]
