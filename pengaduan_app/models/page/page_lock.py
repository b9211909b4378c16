"""Why a complaint's page can't be edited while no step is open."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.locks import BaseLock

from ...permissions import Visitor
from ...procedure import labels, sop


class ProcedureLock(BaseLock):
    """Outside its workflow a complaint's page is in nobody's step, so nobody may edit it.

    Once the answer stands that is as it should be, so no warning says so: the panel and the
    buttons show what the answer's state is.
    """

    REFUSAL = _("This page is not in anybody's step now, so it can't be edited.")

    def for_user(self, user: Visitor) -> bool:
        return True

    def get_message(self, user: Visitor) -> Promise | None:
        return None if self.object.complaint.is_answered else self.REFUSAL

    def get_icon(self, user: Visitor) -> str:
        return "check" if self.object.complaint.is_answered else "lock"

    def get_locked_by(self, user: Visitor) -> str:
        return str(labels.STATES[sop.State(self.object.complaint.state)])

    def get_description(self, user: Visitor) -> Promise:
        return self.REFUSAL
