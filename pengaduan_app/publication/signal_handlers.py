"""Keeps the public's rows in step with the pages (models/published.py): signal handlers."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction, ReferenceIndex
from wagtail.signals import page_published, page_unpublished, post_page_move

from ..models import (
    Agency,
    AgencyPage,
    Category,
    ComplaintIndexPage,
    ComplaintPage,
    PublishedAnswer,
    StepRecord,
    Village,
)
from . import facets, prerendering
from .projection import refresh


def register() -> None:
    """Connect the handlers; called once, when the app is ready."""
    post_save.connect(follow_page, sender=ComplaintPage)
    post_save.connect(follow_step, sender=StepRecord)
    post_save.connect(follow_agency, sender=Agency)
    post_save.connect(follow_category, sender=Category)
    post_save.connect(follow_village, sender=Village)
    for signal in (post_save, post_delete):
        signal.connect(follow_restriction, sender=PageViewRestriction)
        for model in (Agency, Category, Village, PublishedAnswer):
            signal.connect(facets.forget, sender=model)
        for model in (Agency, Category, Village, PublishedAnswer, AgencyPage, ComplaintIndexPage):
            signal.connect(prerendering.forget, sender=model)
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(follow_links)


def follow_page(sender, instance, raw=False, update_fields=None, **kwargs):
    """A page was saved: in the same transaction its public row is made anew or goes."""
    if not raw and (update_fields is None or "live" in update_fields):
        refresh(ComplaintPage.objects.filter(pk=instance.pk))
        prerendering.draw([instance.pk])


def follow_step(sender, instance, raw=False, **kwargs):
    """A step of the ledger has ended, perhaps the one that published its answer: drawn
    again in the same transaction, now that all of it is there."""
    if not raw and instance.finished_at:
        pages = ComplaintPage.objects.filter(complaint=instance.complaint_id, live=True)
        prerendering.draw(pages.values("pk"))


def follow_agency(sender, instance, created=False, **kwargs):
    """An agency may have another name: on its answers, and in the steps of others'."""
    if not created:
        steps = StepRecord.objects.filter(agency=instance).values("complaint")
        named = Q(agency=instance) | Q(page__complaint__in=steps)
        prerendering.lay_bare(PublishedAnswer.objects.filter(named))


def follow_category(sender, instance, created=False, **kwargs):
    """A category may have another name."""
    if not created:
        prerendering.lay_bare(PublishedAnswer.objects.filter(category=instance))


def follow_village(sender, instance, created=False, **kwargs):
    """A village may have another name."""
    if not created:
        prerendering.lay_bare(PublishedAnswer.objects.filter(village=instance))


def follow_restriction(sender, instance, **kwargs):
    """A part of the tree was closed to the public, or opened."""
    refresh(ComplaintPage.objects.descendant_of(instance.page, inclusive=True))


def follow_links(sender, instance, **kwargs):
    """A page may have another address now: write it anew into the answers that link to it
    or to a page below it."""
    if isinstance(instance, ComplaintPage) and not instance.live:
        return
    below = Page.objects.filter(path__startswith=instance.path)
    targets = [str(pk) for pk in below.exclude(pk__in=_answers()).values_list("pk", flat=True)]
    if isinstance(instance, ComplaintPage):
        targets = [str(instance.pk)]
    found = ReferenceIndex.objects.filter(
        content_type=ContentType.objects.get_for_model(ComplaintPage),
        to_content_type=ContentType.objects.get_for_model(Page),
        to_object_id__in=targets,
    ).values_list("object_id", flat=True)
    linking = {int(key) for key in found}
    if linking:
        refresh(ComplaintPage.objects.filter(pk__in=linking))
        prerendering.draw(linking)


def _answers():
    """Where answers stand, the tree doesn't say: their addresses follow their agencies."""
    return ComplaintPage.objects.values("pk")
