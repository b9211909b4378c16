"""Answers as finished HTML, kept in their rows, so that a reader's request draws nothing.

Drawn by the very templates that previews use, in the site's language and time zone, from
the answer alone. What depends on the request is left as a mark: the site's address, and
other answers like this one, which come and go. A row that is made anew is bare until it
is drawn, and readers get it drawn for them meanwhile; so what was drawn is never old.

Each row says which version of the templates drew it. The version is a digest of a
specimen's HTML: it changes with templates, translations and the names of static files,
and no one has to count it up (ADR 9).
"""

from __future__ import annotations

import hashlib
import logging
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.autoreload import file_changed
from django.utils.safestring import SafeString, mark_safe

from ..models import Agency, Category, PublishedAnswer, Village
from ..procedure import Kind, labels
from ..process_cache import ProcessCache
from .answer_context import answer_context, card
from .timeline import TimelineRow, closed_timelines

logger = logging.getLogger(__name__)

TEMPLATE = "pengaduan_app/complaint_page.html"
PARTS = "pengaduan_app/publication/parts.html"
# A page's parts, by the blocks of base.html that hold them.
BLOCKS = ("title", "head", "breadcrumbs", "content", "scripts")
# Private-use characters: in no language, and the same in HTML and JSON.
MARK, ORIGIN, RELATED = "\ue000", "\ue001", "\ue002"
BATCH = 200
# Another process's change shows after this time; one in this process at once.
SECONDS = 60

# Frames and lists that are ready to be filled.
finished = ProcessCache(SECONDS)
_versions = ProcessCache(float("inf"))


def forget(**kwargs) -> None:
    """Signal receiver: something that frames or lists show has changed in this process."""
    finished.clear()


def forget_version(**kwargs) -> None:
    """Signal receiver: a developer has changed a file."""
    finished.clear()
    _versions.clear()


file_changed.connect(forget_version)


def version() -> str:
    """The digest of what the templates make of a specimen now."""
    return _versions.get_or_set("version", _version)


def parts_of(template: str, context: dict) -> dict[str, str]:
    """The blocks that a template fills, drawn without its frame; none where the site's
    own template doesn't leave its frame to us."""
    return split(_drawn(template, context))


def split(text: str) -> dict[str, str]:
    """The parts of what PARTS has drawn, by name."""
    pieces = text.split(MARK)[1:-1]
    names, parts = tuple(pieces[::2]), pieces[1::2]
    return dict(zip(names, parts, strict=True)) if names == BLOCKS else {}


def addressed(article: str, origin: str, related: str) -> str:
    """A drawn article for this address of the site, with others like it."""
    article = article.replace(ORIGIN, origin).replace(quote(ORIGIN), quote(origin))
    return article.replace(RELATED, related)


def draw(keys) -> int:
    """Draw these answers into their rows, and return how many there are.

    Never stops what it is part of: without it, an answer is drawn when somebody reads it.
    """
    try:
        # Locked first: a change of the page waits for this, or is read.
        with transaction.atomic(), public_surroundings():
            rows = PublishedAnswer.objects.with_names().select_for_update(of=("self",))
            rows = list(rows.filter(pk__in=keys))
            steps = closed_timelines(rows)
            for row in rows:
                _keep(row, steps[row.complaint_id])
    except Exception as error:  # noqa: BLE001  a site's broken template must not stop a publication
        # Without its text, which can quote what the template was given.
        logger.error("Answers were not drawn: %s", type(error).__name__)
        return 0
    return len(rows)


def draw_missing(most: int = BATCH) -> int:
    """Draw answers that are bare or of another version, the newest first; how many."""
    now = version()
    bare = PublishedAnswer.objects.filter(Q(drawn_by__lt=now) | Q(drawn_by__gt=now))
    return draw(list(bare.order_by("-pk").values_list("pk", flat=True)[:most]))


def is_own_language() -> bool:
    """Is this request's language the one that answers are drawn in?"""
    return translation.get_language() == settings.LANGUAGE_CODE


def cards_of(rows) -> list[SafeString]:
    """The cards of these rows of `drawn_cards`; those that aren't kept are drawn."""
    now = version() if is_own_language() else None
    kept = {row.pk: mark_safe(row.card) for row in rows if row.drawn_by == now}  # noqa: S308
    missing = [row.pk for row in rows if row.pk not in kept]
    if missing:
        others = PublishedAnswer.objects.filter(pk__in=missing).cards()
        kept |= {other.pk: card(other) for other in others}
    return [kept[row.pk] for row in rows if row.pk in kept]


def lay_bare(answers) -> None:
    """What these show has changed: readers get them drawn anew from now on."""
    answers.update(drawn_by="")
    forget()


@contextmanager
def public_surroundings():
    """The site's own language and time zone, whoever's request this is part of."""
    zone = timezone.get_default_timezone()
    with translation.override(settings.LANGUAGE_CODE), timezone.override(zone):
        yield


def _keep(row: PublishedAnswer, steps: list[TimelineRow]) -> None:
    drawn = {"article": _article(row, steps), "card": card(row), "drawn_by": version()}
    # Not save(): the answer itself hasn't changed.
    PublishedAnswer.objects.filter(pk=row.pk).update(**drawn)


def _article(row: PublishedAnswer, steps: list[TimelineRow]) -> str:
    """Empty where it can't be kept: then each reader gets it drawn."""
    words = row.title + row.question + row.answer
    if any(mark in words for mark in (MARK, ORIGIN, RELATED)):
        return ""
    text = _drawn(TEMPLATE, answer_context(row, ORIGIN, steps, RELATED))
    return text if split(text) else ""


def _drawn(template: str, context: dict) -> str:
    return render_to_string(template, {**context, "frame": PARTS, "mark": MARK})


def _version() -> str:
    moment = datetime(2016, 2, 25, 1, tzinfo=UTC)
    agency = Agency(name="A", short_name="a", slug="a")
    row = PublishedAnswer(
        pk=1, complaint_id=1, agency=agency, category=Category(name="C"), village=Village(name="V"),
        kind=Kind.COMPLAINT, received_at=moment, answered_at=moment, published_at=moment,
        slug="s", title="T", summary="S", question="Q", answer="<p>R</p>",
    )  # fmt: skip
    steps = [_step(title, moment, late) for title in labels.STEPS.values() for late in (0, 1)]
    try:
        with public_surroundings():
            words = [str(w) for names in (labels.KINDS, labels.OUTCOMES) for w in names.values()]
            text = "".join([_article(row, steps), card(row), *words])
    except Exception as error:  # noqa: BLE001  a site's template may want more than a specimen has
        logger.error("The templates' version isn't known: %s", type(error).__name__)
        return "unknown"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _step(title: str, moment: datetime, late: int) -> TimelineRow:
    return TimelineRow(
        step=next(iter(labels.STEPS)), title=title, who="A", started_at=moment,
        finished_at=moment + timedelta(days=1, hours=1), due_at=moment, outcome="o",
        late=bool(late),
    )  # fmt: skip
