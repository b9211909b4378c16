"""The screen on which an operator joins a complaint with an earlier one, side by side."""

from __future__ import annotations

from typing import Any

from django.db.models.functions import Left

from ...models import Complaint
from ...procedure import Action
from ...text import one_line
from ..listing import complaint_search
from .complaint_views import ActionView
from .similar import LETTERS, Likeness, similar_to

# What is read of a typed search, and how many complaints it shows.
LONGEST_QUERY, MOST_FOUND = 120, 10


class JoinView(ActionView):
    """`/admin/complaints/<id>/duplicate/`: similar complaints beside this one, each with its own
    button; with `?q=` those that a ticket number or words find."""

    word = Action.DUPLICATE.value

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs, action=self.word)

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        query = one_line(self.request.GET.get("q", ""))[:LONGEST_QUERY].strip()
        offered = self._found(query) if query else similar_to(self.complaint)
        return super().get_context_data(query=query, offered=offered, **kwargs)

    def _found(self, query: str) -> list[Likeness]:
        """What can be joined, by its ticket number or by words."""
        joinable = Complaint.objects.joinable_with(self.complaint).select_related("village")
        joinable = joinable.annotate(beginning=Left("body", LETTERS)).defer("body")
        ticket = complaint_search.find_ticket(self.user, query)
        found = (
            joinable.filter(pk=ticket.pk) if ticket else complaint_search.search(joinable, query)
        )
        return [Likeness(complaint) for complaint in found.order_by("-created_at")[:MOST_FOUND]]
