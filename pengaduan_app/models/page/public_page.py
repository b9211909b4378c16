"""What all pages that the public reads share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, TypeAlias

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from wagtail.admin.panels import CommentPanel, Panel
from wagtail.models import Page, Revision

# Site id, root address and path of a page, as Wagtail's get_url_parts returns them.
UrlParts: TypeAlias = tuple[int, str | None, str | None]


def at_address(parts: UrlParts | None, address: str) -> UrlParts | None:
    """Wagtail's URL parts of a page, with the plugin's own address as the path."""
    return parts and (parts[0], parts[1], parts[2] and address)


class PublicPage(Page):
    """A page that the public reads.

    publication/, which stands above the models, makes its template context and sets
    `public_context` when the app is ready; the check pengaduan.E007 reports a page without it.

    Page types also name Page as a base: Django derives a model's DoesNotExist from its concrete
    bases only, and Wagtail's API catches Page.DoesNotExist.
    """

    public_context: ClassVar[Callable[[HttpRequest, Any], dict[str, object]] | None] = None
    # Without Wagtail's fields for a schedule: the procedure decides what is public, and when.
    settings_panels: ClassVar[list[Panel]] = [CommentPanel()]

    class Meta:
        abstract = True

    def forget_schedule(self) -> None:
        """Drop a moment of publication or expiry, however it was set."""
        self.go_live_at = self.expire_at = None

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.forget_schedule()
        return super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        self.forget_schedule()
        return super().save_revision(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, object]:
        """The same context as in the plugin's views, made from this page as it is now."""
        make = type(self).public_context
        if make is None:
            raise ImproperlyConfigured(
                "Call pengaduan_app.publication.present() in AppConfig.ready: "
                f"{type(self).__name__} has no public_context."
            )
        return super().get_context(request, *args, **kwargs) | make(request, self)
