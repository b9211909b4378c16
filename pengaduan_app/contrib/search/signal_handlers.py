"""Keeps the index in step with every save, move, hiding and deletion of a page or a name."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_slug_changed, post_page_move

from ...models import Agency, Category, ComplaintPage, Village
from . import indexing, reference_cache, vocabulary
from .models import Answer, SynonymSet

NAMED: dict[type[Model], str] = {Agency: "agency", Category: "category", Village: "village"}


def register() -> None:
    """Connect the handlers; called once, when the app is ready."""
    for page_type in (ComplaintPage, Page):
        post_save.connect(follow_page, sender=page_type)
    post_delete.connect(forget_words, sender=Answer)
    for moved in (post_page_move, page_slug_changed):
        moved.connect(follow_address)
    for signal in (post_save, post_delete):
        signal.connect(follow_restriction, sender=PageViewRestriction)
        signal.connect(invalidate_reference, sender=SynonymSet)
        for model in NAMED:
            signal.connect(invalidate_reference, sender=model)
    for model in NAMED:
        post_save.connect(follow_name, sender=model)


def follow_page(
    sender: type[Model],
    instance: Page,
    raw: bool = False,
    created: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: object,
) -> None:
    """Published, changed or unpublished, by whichever of Wagtail's ways. A new draft, and a
    draft that is saved beside a public page, change nothing that the public reads."""
    is_draft = created and not instance.live
    if not raw and not is_draft and (update_fields is None or "live" in update_fields):
        indexing.refresh([instance.pk])


def forget_words(sender: type[Model], instance: Answer, **kwargs: object) -> None:
    vocabulary.take(indexing.vocabulary_of(instance))


def follow_address(sender: type[Model], instance: Page, **kwargs: object) -> None:
    indexing.move(str(kwargs.get("url_path_after") or instance.url_path))


def follow_restriction(
    sender: type[Model], instance: PageViewRestriction, **kwargs: object
) -> None:
    """A part of the site that is behind a password isn't public."""
    below = ComplaintPage.objects.descendant_of(instance.page, inclusive=True)
    indexing.refresh(below.values_list("pk", flat=True))


def follow_name(
    sender: type[Model],
    instance: Agency | Category | Village,
    raw: bool = False,
    created: bool = False,
    **kwargs: object,
) -> None:
    if not raw and not created:
        indexing.rename(NAMED[sender], instance.pk)


def invalidate_reference(sender: type[Model], **kwargs: object) -> None:
    reference_cache.invalidate()
