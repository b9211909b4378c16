"""Signal handlers that keep the public rows (models/published.py) in step with the pages."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction, ReferenceIndex
from wagtail.query import PageQuerySet
from wagtail.signals import page_published, page_unpublished, post_page_move

from ..models import (
    Agency,
    AgencyPage,
    AnswerPicture,
    Category,
    ComplaintIndexPage,
    ComplaintPage,
    PublishedAnswer,
    StepRecord,
    Village,
)
from . import facets, prerendering
from .files import journal
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
        signal.connect(follow_picture, sender=AnswerPicture)
        for model in (Agency, Category, Village, PublishedAnswer):
            signal.connect(facets.forget, sender=model)
        for model in (Agency, Category, Village, PublishedAnswer, AgencyPage, ComplaintIndexPage):
            signal.connect(prerendering.forget, sender=model)
    for signal in (post_save, post_delete):
        signal.connect(journal.follow, sender=PublishedAnswer)
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(follow_links)


def follow_page(
    sender: type[Model],
    instance: ComplaintPage,
    raw: bool = False,
    created: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: object,
) -> None:
    """A page was saved: its public row is projected again, or removed, in the same
    transaction. A new draft has no such row."""
    is_draft = created and not instance.live
    if not raw and not is_draft and (update_fields is None or "live" in update_fields):
        refresh(ComplaintPage.objects.filter(pk=instance.pk))
        prerendering.render_answers([instance.pk])


def follow_picture(
    sender: type[Model], instance: AnswerPicture, raw: bool = False, **kwargs: object
) -> None:
    """A page's pictures are saved after the page itself: its public row is projected again. The
    closing of the step renders it."""
    if not raw:
        refresh(ComplaintPage.objects.filter(pk=instance.page_id))


def follow_step(
    sender: type[Model], instance: StepRecord, raw: bool = False, **kwargs: object
) -> None:
    """A step was closed, perhaps the one that published the answer: the answer is rendered
    again in the same transaction, now that its timeline is complete."""
    if not raw and instance.finished_at:
        pages = ComplaintPage.objects.filter(complaint=instance.complaint_id, live=True)
        prerendering.render_answers(pages.values("pk"))


def follow_agency(
    sender: type[Model], instance: Agency, created: bool = False, **kwargs: object
) -> None:
    """An agency may have been renamed: its name is in its answers and in others' timelines."""
    if not created:
        steps = StepRecord.objects.filter(agency=instance).values("complaint")
        named = Q(agency=instance) | Q(page__complaint__in=steps)
        _invalidate(PublishedAnswer.objects.filter(named))


def follow_category(
    sender: type[Model], instance: Category, created: bool = False, **kwargs: object
) -> None:
    """A category may have been renamed."""
    if not created:
        _invalidate(PublishedAnswer.objects.filter(category=instance))


def follow_village(
    sender: type[Model], instance: Village, created: bool = False, **kwargs: object
) -> None:
    """A village may have been renamed."""
    if not created:
        _invalidate(PublishedAnswer.objects.filter(village=instance))


def follow_restriction(
    sender: type[Model], instance: PageViewRestriction, **kwargs: object
) -> None:
    """Part of the page tree was closed to the public, or opened."""
    refresh(ComplaintPage.objects.descendant_of(instance.page, inclusive=True))


def follow_links(sender: type[Model], instance: Page, **kwargs: object) -> None:
    """A page may have a new address: answers that link to it, or to a page below it, are
    projected and rendered again."""
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
        prerendering.render_answers(linking)


def _invalidate(answers: QuerySet[PublishedAnswer]) -> None:
    """What many answers show has another name."""
    prerendering.invalidate(answers)
    journal.everything_changed()


def _answers() -> PageQuerySet:
    """The answers' pages: their addresses follow their agencies and not the page tree."""
    return ComplaintPage.objects.values("pk")
