"""What the list of complaints offers for those that are ticked, by role."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn

from ...models import Complaint
from ...permissions import Visitor
from ..complaint.desk_actions import BY_WORD
from . import bulk_forms as forms
from .bulk_view import ComplaintBulkAction


class BulkVerifyAndForward(ComplaintBulkAction):
    row = BY_WORD["verify_and_forward"]
    action_type = row.word
    display_name = row.label
    aria_label = gettext_lazy("Verify and forward the selected complaints")
    form_class = forms.BulkForwardForm
    action_priority = 10


class BulkVerify(ComplaintBulkAction):
    row = BY_WORD["verify"]
    action_type = row.word
    display_name = row.label
    aria_label = gettext_lazy("Verify the selected complaints")
    action_priority = 20


class BulkForward(ComplaintBulkAction):
    row = BY_WORD["forward"]
    action_type = row.word
    display_name = row.label
    aria_label = gettext_lazy("Forward the selected complaints")
    form_class = forms.BulkForwardForm
    action_priority = 30


class BulkDuplicate(ComplaintBulkAction):
    row = BY_WORD["duplicate"]
    action_type = row.word
    display_name = row.label
    aria_label = gettext_lazy("Join the selected complaints")
    form_class = forms.BulkDuplicateForm
    action_priority = 40


class BulkTransfer(ComplaintBulkAction):
    row = BY_WORD["transfer"]
    action_type = row.word
    display_name = row.label
    aria_label = gettext_lazy("Transfer the selected complaints")
    form_class = forms.BulkTransferForm
    action_priority = 50


class BulkRemind(ComplaintBulkAction):
    row = BY_WORD["remind"]
    action_type = row.word
    display_name = gettext_lazy("Remind the agencies")
    aria_label = gettext_lazy("Remind of the selected complaints")
    form_class = forms.BulkRemindForm
    action_priority = 60


BULK_ACTIONS: Sequence[type[ComplaintBulkAction]] = (
    BulkVerifyAndForward,
    BulkVerify,
    BulkForward,
    BulkDuplicate,
    BulkTransfer,
    BulkRemind,
)


def bulk_actions_for(user: Visitor) -> list[type[ComplaintBulkAction]]:
    """What the list offers this user for the complaints that they tick."""
    return [each for each in BULK_ACTIONS if each.is_for(user)]


def tick_columns(user: Visitor) -> list[BulkActionsCheckboxColumn]:
    """The list's column of tick boxes; none for who could do nothing with them."""
    if not bulk_actions_for(user):
        return []
    return [BulkActionsCheckboxColumn("bulk_actions", obj_type="snippet")]


def bulk_buttons(user: Visitor) -> list[dict[str, object]]:
    """The buttons below the list."""
    model = (Complaint._meta.app_label, Complaint._meta.model_name)
    return [
        {
            "label": each.display_name,
            "aria_label": each.aria_label,
            "url": reverse("wagtail_bulk_action", args=[*model, each.action_type]),
        }
        for each in bulk_actions_for(user)
    ]
