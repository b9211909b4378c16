"""Stores answers as finished HTML in their rows, so that a request renders nothing.

The templates are the ones that previews use, rendered in the site's language and time zone
and from the answer alone. What depends on the request is left as a mark: the site's address,
and the related answers, which come and go. A row that was projected again has no HTML until
it is rendered; until then each request renders it, so readers never see stale HTML.

Each row stores the version of the templates that rendered it (`drawn_by`). The version is a
digest of a specimen's HTML: it changes with the templates, the translations and the names of
static files, so nobody has to increment it (ADR 9).
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.autoreload import file_changed
from django.utils.safestring import SafeString, mark_safe

from ..models import Agency, Category, PublishedAnswer, RenderedCard, ShownPicture, Village
from ..procedure import Kind, labels, reader_labels
from ..process_cache import ProcessCache
from .answer_context import answer_context, card
from .timeline import TimelineRow, closed_timelines

logger = logging.getLogger(__name__)

TEMPLATE = "pengaduan_app/complaint_page.html"
PARTS = "pengaduan_app/publication/parts.html"
# The parts of a page, named after the blocks of base.html that hold them.
BLOCKS = ("title", "head", "breadcrumbs", "content", "scripts")
# Private-use characters: no language uses them, and HTML and JSON leave them as they are.
MARK, ORIGIN, RELATED = "\ue000", "\ue001", "\ue002"
BATCH = 200
SPECIMEN_PICTURE = ShownPicture(
    key=1, alt="A", caption="B", files=[(480, 360, "webp"), (480, 360, "jpg")]
)
# A change made by another process shows after this time; one in this process at once.
SECONDS = 60

# Page shells and lists that are ready to be filled.
finished = ProcessCache(SECONDS)
_versions = ProcessCache(float("inf"))


def forget(**kwargs: object) -> None:
    """Signal receiver: something that shells or lists show has changed in this process."""
    finished.clear()


def forget_version(**kwargs: object) -> None:
    """Signal receiver: a developer has changed a file."""
    finished.clear()
    _versions.clear()


file_changed.connect(forget_version)


def version() -> str:
    """The digest of a specimen's HTML as the templates render it now."""
    return _versions.get_or_set("version", _version)


def parts_of(template: str, context: dict[str, object]) -> dict[str, str]:
    """The blocks that a template fills, rendered without the shell around them.

    Empty if the site's own template doesn't extend the `shell` that its context names.
    """
    return split(_render(template, context))


def split(text: str) -> dict[str, str]:
    """The parts of HTML that PARTS rendered, by name."""
    pieces = text.split(MARK)[1:-1]
    names, parts = tuple(pieces[::2]), pieces[1::2]
    return dict(zip(names, parts, strict=True)) if names == BLOCKS else {}


def addressed(article: str, origin: str, related: str) -> str:
    """A stored article with the site's address and the related answers filled in."""
    article = article.replace(ORIGIN, origin).replace(quote(ORIGIN), quote(origin))
    return article.replace(RELATED, related)


def render_answers(keys: Collection[int] | QuerySet[Any, Any]) -> int:
    """Render these answers into their rows, and return how many there are.

    Never raises: an answer whose row has no HTML is rendered on each request.
    """
    try:
        # Locked first: a change of the page either waits for this or is read by it.
        with transaction.atomic(), public_surroundings():
            locked = PublishedAnswer.objects.with_names().select_for_update(of=("self",))
            rows = list(locked.filter(pk__in=keys))
            steps = closed_timelines(rows)
            for row in rows:
                _store(row, steps[row.complaint_id])
    except Exception as error:  # noqa: BLE001  a site's broken template must not stop a publication
        # Without the error's text, which can quote what the template was given.
        logger.error("Answers were not rendered: %s", type(error).__name__)
        return 0
    return len(rows)


def render_missing(most: int = BATCH) -> int:
    """Render up to `most` answers without HTML of the current version, newest first.

    Returns how many were rendered.
    """
    now = version()
    missing = PublishedAnswer.objects.filter(Q(drawn_by__lt=now) | Q(drawn_by__gt=now))
    return render_answers(list(missing.order_by("-pk").values_list("pk", flat=True)[:most]))


def is_own_language() -> bool:
    """True if this request's language is the one that answers are rendered in."""
    return translation.get_language() == settings.LANGUAGE_CODE


def cards_of(rows: Sequence[RenderedCard]) -> list[SafeString]:
    """The cards of these rows of `rendered_cards`; those without a current card are rendered."""
    now = version() if is_own_language() else None
    cards = {row.pk: mark_safe(row.card) for row in rows if row.drawn_by == now}  # nosec B308 B703
    missing = [row.pk for row in rows if row.pk not in cards]
    if missing:
        others = PublishedAnswer.objects.filter(pk__in=missing).cards()
        cards |= {other.pk: card(other) for other in others}
    return [cards[row.pk] for row in rows if row.pk in cards]


def invalidate(answers: QuerySet[PublishedAnswer]) -> None:
    """Invalidate these answers' stored HTML: they are rendered on request until stored again."""
    answers.update(drawn_by="")
    forget()


@contextmanager
def public_surroundings() -> Iterator[None]:
    """The site's own language and time zone, whatever those of the current request are."""
    zone = timezone.get_default_timezone()
    with translation.override(settings.LANGUAGE_CODE), timezone.override(zone):
        yield


def _store(row: PublishedAnswer, steps: list[TimelineRow]) -> None:
    article, finished_card = _article(row, steps), card(row)
    # Not save(): the answer itself hasn't changed.
    PublishedAnswer.objects.filter(pk=row.pk).update(
        article=article, card=finished_card, drawn_by=version()
    )


def _article(row: PublishedAnswer, steps: list[TimelineRow]) -> str:
    """The page's parts; empty if they can't be stored, so that each request renders them."""
    words = row.title + row.question + row.answer + json.dumps(row.pictures, ensure_ascii=False)
    if any(mark in words for mark in (MARK, ORIGIN, RELATED)):
        return ""
    text = _render(TEMPLATE, answer_context(row, ORIGIN, steps, RELATED))
    return text if split(text) else ""


def _render(template: str, context: dict[str, object]) -> str:
    return render_to_string(template, {**context, "shell": PARTS, "mark": MARK})


def _version() -> str:
    moment = datetime(2016, 2, 25, 1, tzinfo=UTC)
    agency = Agency(name="A", short_name="a", slug="a")
    row = PublishedAnswer(
        pk=1, complaint_id=1, agency=agency, category=Category(name="C"), village=Village(name="V"),
        kind=Kind.COMPLAINT, received_at=moment, answered_at=moment, published_at=moment,
        slug="s", title="T", summary="S", question="Q", answer="<p>R</p>",
        corrected_at=moment, correction="K", pictures=[SPECIMEN_PICTURE],
    )  # fmt: skip
    try:
        with public_surroundings():
            words_of = (labels.STEPS, reader_labels.CORRECTION_STEPS)
            titles = [str(title) for words in words_of for title in words.values()]
            steps = [_step(title, moment, late) for title in titles for late in (False, True)]
            words = [str(w) for names in (labels.KINDS, labels.OUTCOMES) for w in names.values()]
            text = "".join([_article(row, steps), card(row), *words])
    except Exception as error:  # noqa: BLE001  a site's template may want more than a specimen has
        logger.error("The templates' version isn't known: %s", type(error).__name__)
        return "unknown"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _step(title: str, moment: datetime, late: bool) -> TimelineRow:
    return TimelineRow(
        step=next(iter(labels.STEPS)), title=title, who="A", started_at=moment,
        finished_at=moment + timedelta(days=1, hours=1), due_at=moment, outcome="o",
        late=late,
    )  # fmt: skip
