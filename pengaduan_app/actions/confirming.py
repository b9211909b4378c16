"""The check-list before publishing (SOP B1, B2): no step ends before each point is confirmed."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from ..models import ChecklistItem
from ..procedure import sop
from .core import Move, NotNow

# Under this name the log keeps the points, as they were read.
CONFIRMED = "confirmed"


def require_confirmed(move: Move, confirmed: Collection[str]) -> None:
    """Notes the points for the log. Raises NotNow for those that nobody has confirmed.

    `confirmed` are their texts: who confirmed a point that was reworded since has not read it.
    """
    step = sop.OPEN_STEP[move.rule.source]
    points = ChecklistItem.objects.to_confirm(step, move.complaint.is_confidential)
    missing = [text for text in points if text not in confirmed]
    if missing:
        raise NotNow(
            _("Confirm each point of the check-list first. Still open: %(points)s")
            % {"points": " ".join(missing)}
        )
    if points:
        move.noted[CONFIRMED] = points
