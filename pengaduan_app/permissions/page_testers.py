"""What Wagtail may offer on the procedure's pages, to any user."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from wagtail.models import PagePermissionTester

from ..procedure import Action
from .rules import has_workflow_step, may, may_see

_publishing: ContextVar[bool] = ContextVar("publishing", default=False)


@contextmanager
def publishing() -> Iterator[None]:
    """Within this block Wagtail may publish a complaint's page; only B2's action uses it."""
    token = _publishing.set(True)
    try:
        yield
    finally:
        _publishing.reset(token)


class ProcedurePageTester(PagePermissionTester):
    """Page permissions of the procedure's pages: only actions create, move or publish them.

    Wagtail asks this for every button and every view of a page, so what is False here can't be
    done by typing an address either.
    """

    def _never(self, *args: object, **kwargs: object) -> bool:
        return False

    can_publish_subpage = can_add_subpage = _never
    can_delete = can_move = can_move_to = can_copy = can_copy_to = _never
    can_submit_for_moderation = can_unschedule = can_reorder_children = _never
    can_set_view_restrictions = _never

    def can_publish(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False


class IndexPageTester(PagePermissionTester):
    """Only the site's administrators edit the index, and nobody removes it or takes it off the
    website; its workflow is for the pages below it."""

    can_delete = can_move = can_unschedule = ProcedurePageTester._never

    def can_unpublish(self) -> bool:
        return False

    def can_edit(self) -> bool:
        return bool(self.user.is_superuser and super().can_edit())

    def can_submit_for_moderation(self) -> bool:
        return False


class SectionPageTester(ProcedurePageTester):
    """An agency's section follows its Agency entry; nobody edits it as a page."""

    can_edit = can_lock = can_unlock = can_view_revisions = ProcedurePageTester._never


class ComplaintPageTester(ProcedurePageTester):
    """A complaint's page: those who may see the complaint see it, and edit it in their step."""

    def can_edit(self) -> bool:
        # This opens the editor; whether the user may save is for the page's lock to decide.
        return may_see(self.user, self.page.complaint)

    can_view_revisions = can_edit

    def can_lock(self) -> bool:
        return has_workflow_step(self.user, self.page.complaint)

    def can_unlock(self) -> bool:
        return bool(self.user_has_lock() and self.can_lock())

    def can_publish(self) -> bool:
        """True only while B2's own action publishes, which Wagtail asks for as well."""
        return _publishing.get()

    def can_unpublish(self) -> bool:
        return bool(self.page.live and may(self.user, Action.WITHDRAW, self.page.complaint))
