"""What a complaint is about, and where: kind, category, village."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..models import NO_CATEGORY, Category, Complaint, ComplaintPage, Village, needs_category
from ..permissions import Staff
from ..procedure import Action, Kind, sop
from . import drafts
from .core import Move, NotNow, transition

if TYPE_CHECKING:
    from collections.abc import Mapping


def classify(
    complaint_id: int,
    user: Staff,
    kind: Kind,
    category: Category | None = None,
    village: Village | None = None,
    *,
    seen: int | None = None,
) -> Complaint:
    """The operator (A1, A2) or the editor (B1) says what it is about; the draft follows.

    The log keeps what it was before, the citizen's own choice among it.
    """
    values = {"kind": Kind(kind).value, "category": category, "village": village}
    with transition(complaint_id, Action.CLASSIFY, user, seen=seen) as move:
        _set(move, values)
        page = ComplaintPage.objects.filter(complaint=move.complaint).first()
        if page:
            draft = page.get_latest_revision_as_object()
            for name, value in values.items():
                setattr(draft, name, value)
            drafts.save_revision(draft, user)
    return move.complaint


def follow_page(move: Move, page: ComplaintPage) -> None:
    """The editor passes the text on: the complaint is what its page says that it is (SOP B1).

    Raises NotNow while the category is missing.
    """
    if move.rule.source in sop.CLASSIFIED_STATES:
        if needs_category(page.category):
            raise NotNow(NO_CATEGORY)
        _set(move, {name: getattr(page, name) for name in ("kind", "category", "village")})


def _set(move: Move, values: Mapping[str, str | Category | Village | None]) -> None:
    """Change what differs, and note what it was before."""
    for name, value in values.items():
        before = getattr(move.complaint, name)
        if before != value:
            move.set(**{name: value})
            move.noted[name] = [str(before or ""), str(value or "")]
