"""Answers Wagtail's question what a user may do with complaints, by the rules."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Model, QuerySet
from wagtail import permissions as wagtail_permissions

from .roles import Visitor, roles_of
from .rules import CaseFile, may_see


class ComplaintPermissionPolicy(wagtail_permissions.ModelPermissionPolicy):
    """Staff of the procedure see their complaints; all else they do through actions.

    Wagtail asks this for listings, exports, search, bulk actions and links alike.
    """

    def user_has_permission(self, user: Visitor, action: str) -> bool:
        return action == "view" and (user.is_superuser or bool(roles_of(user)))

    def user_has_any_permission(self, user: Visitor, actions: Collection[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(
        self, user: Visitor, action: str, instance: CaseFile
    ) -> bool:
        return self.user_has_permission(user, action) and may_see(user, instance)

    def user_has_any_permission_for_instance(
        self, user: Visitor, actions: Collection[str], instance: CaseFile
    ) -> bool:
        return any(self.user_has_permission_for_instance(user, a, instance) for a in actions)

    def instances_user_has_any_permission_for(
        self, user: Visitor, actions: Collection[str]
    ) -> QuerySet[Model]:
        visible: QuerySet[Model] = self.model.objects.visible_to(user)
        return visible if self.user_has_any_permission(user, actions) else visible.none()
