"""Where the index hears of changes: whatever saves, moves, hides or deletes a page or a name."""

from __future__ import annotations

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_slug_changed, post_page_move

from pengaduan_app.models import Agency, Category, ComplaintPage, Village

from . import indexing, memory, vocabulary
from .models import Answer, SynonymSet

NAMED = {Agency: "agency", Category: "category", Village: "village"}


def register() -> None:
    """Connect the handlers; called once, when the app is ready."""
    for model in (ComplaintPage, Page):
        post_save.connect(follow_page, sender=model)
    post_delete.connect(forget_words, sender=Answer)
    for signal in (post_page_move, page_slug_changed):
        signal.connect(follow_address)
    for signal in (post_save, post_delete):
        signal.connect(follow_restriction, sender=PageViewRestriction)
        signal.connect(renew_memory, sender=SynonymSet)
        for model in NAMED:
            signal.connect(renew_memory, sender=model)
    for model in NAMED:
        post_save.connect(follow_name, sender=model)


def follow_page(sender, instance, raw=False, **kwargs):
    """Published, changed or unpublished, by whichever of Wagtail's ways."""
    if not raw:
        indexing.refresh([instance.pk])


def forget_words(sender, instance, **kwargs):
    vocabulary.take(indexing.vocabulary_of(instance))


def follow_address(sender, instance, **kwargs):
    indexing.move(kwargs.get("url_path_after") or instance.url_path)


def follow_restriction(sender, instance, **kwargs):
    """A part of the site that Wagtail asks a password for isn't public."""
    below = ComplaintPage.objects.descendant_of(instance.page, inclusive=True)
    indexing.refresh(below.values_list("pk", flat=True))


def follow_name(sender, instance, raw=False, created=False, **kwargs):
    if not raw and not created:
        indexing.rename(NAMED[sender], instance.pk)


def renew_memory(sender, **kwargs):
    memory.renew()
