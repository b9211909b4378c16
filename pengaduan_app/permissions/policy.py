"""Wagtail's own question, what a user may do with complaints, answered by the rules."""

from __future__ import annotations

from wagtail import permissions as wagtail_permissions

from .roles import roles_of
from .rules import may_see


class ComplaintPermissionPolicy(wagtail_permissions.ModelPermissionPolicy):
    """Staff of the procedure see what is theirs; everything else goes through actions.

    Wagtail asks it for listing, export, search, bulk actions and links alike.
    """

    def user_has_permission(self, user, action):
        return action == "view" and (user.is_superuser or bool(roles_of(user)))

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_permission(user, action) and may_see(user, instance)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return any(self.user_has_permission_for_instance(user, a, instance) for a in actions)

    def instances_user_has_any_permission_for(self, user, actions):
        if not self.user_has_any_permission(user, actions):
            return self.model.objects.none()
        return self.model.objects.visible_to(user)
