"""What Wagtail may offer on the procedure's pages, whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from wagtail.models import PagePermissionTester

from ..procedure import Action
from .rules import may, may_see

_publishing: ContextVar[bool] = ContextVar("publishing", default=False)


@contextmanager
def publishing() -> Iterator[None]:
    """Within this block Wagtail may publish a complaint's page; for B2's action alone."""
    token = _publishing.set(True)
    try:
        yield
    finally:
        _publishing.reset(token)


class ProcedurePageTester(PagePermissionTester):
    """Page permissions of the procedure's pages: only actions create, move or publish.

    Wagtail asks this for every button and every view of a page, so what is False here
    can't be done by address either.
    """

    def _never(self, *args, **kwargs):
        return False

    can_publish = can_publish_subpage = can_add_subpage = _never
    can_delete = can_move = can_move_to = can_copy = can_copy_to = _never
    can_submit_for_moderation = can_unschedule = can_reorder_children = _never
    can_unpublish = can_set_view_restrictions = _never


class IndexPageTester(PagePermissionTester):
    """The index belongs to the site's administrators; its workflow is for the pages below."""

    def can_edit(self):
        return self.user.is_superuser and super().can_edit()

    def can_submit_for_moderation(self):
        return False


class SectionPageTester(ProcedurePageTester):
    """An agency's section follows its Agency entry; nobody edits it as a page."""

    can_edit = can_lock = can_unlock = can_view_revisions = ProcedurePageTester._never


class ComplaintPageTester(ProcedurePageTester):
    """A complaint's page: seen by whom the complaint concerns, edited in their step."""

    def can_edit(self):
        # Seeing the editor is not editing: the page's lock decides that.
        return may_see(self.user, self.page.complaint)

    can_view_revisions = can_edit

    def can_lock(self):
        return may(self.user, Action.APPROVE, self.page.complaint)

    def can_unlock(self):
        return self.user_has_lock() and self.can_lock()

    def can_publish(self):
        """True while B2's own action publishes: Wagtail asks then. At no other time."""
        return _publishing.get()

    def can_unpublish(self):
        return self.page.live and may(self.user, Action.WITHDRAW, self.page.complaint)
