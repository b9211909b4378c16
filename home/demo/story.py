"""Demo people and complaints in every state of the SOP. For development only."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django_q.models import OrmQ

from pengaduan_app.contrib.search.advice import learning
from pengaduan_app.messaging import DELIVERY_TASK
from pengaduan_app.models import Complaint, OutboxMessage

from ..data import load
from .complaints import Story, load_city, mark_of
from .offices import ensure_offices
from .people import ensure_people


def load_demo() -> int:
    """Create the missing part of the demo; returns how many complaints that were.

    The oldest complaint comes first, so that a duplicate finds its original. Each complaint is
    a transaction of its own: an interrupted load can be continued. The advice learns from the
    demo's complaints at once, without waiting for the cluster.
    """
    city = load_city(ensure_people())
    ensure_offices()
    cases = sorted(load("complaints"), key=lambda case: -case["days_ago"])
    marks = [mark_of(case["key"]) for case in cases]
    known = set(Complaint.objects.filter(form_key__in=marks).values_list("form_key", flat=True))
    missing = [case for case, mark in zip(cases, marks, strict=True) if mark not in known]
    with _quick_and_quiet():
        for case in missing:
            with transaction.atomic(), _without_messages(mark_of(case["key"])):
                Story(case, city).tell(timezone.now())
    learning.learn()
    return len(missing)


def holds_other_complaints() -> bool:
    """True on a site in use: it holds complaints, none of them the demo's.

    On a site with the demo, complaints sent by visitors don't count.
    """
    marks = [mark_of(case["key"]) for case in load("complaints")]
    complaints = Complaint.objects.all()
    return complaints.exists() and not complaints.filter(form_key__in=marks).exists()


@contextmanager
def _quick_and_quiet() -> Iterator[None]:
    """Suppresses Wagtail's own e-mails, log lines for queued tasks, and slow hashes.

    Real tracking codes are hashed at full cost. The demo's follow from development's public
    SECRET_KEY, so the cost would take a minute and protect nothing. A hash names its own
    iterations, so these codes are checked like any other.
    """
    nowhere = "django.core.mail.backends.dummy.EmailBackend"
    logging.disable(logging.INFO)
    try:
        with (
            mock.patch.object(settings, "EMAIL_BACKEND", nowhere),
            mock.patch.object(PBKDF2PasswordHasher, "iterations", 1000),
        ):
            yield
    finally:
        logging.disable(logging.NOTSET)


@contextmanager
def _without_messages(mark: str) -> Iterator[None]:
    """Delete the messages that one complaint's past has queued, before they are sent.

    For the demo only: its people don't exist, and its news is a month old. The deletion is in
    the transaction that queued the messages, so a running cluster never sees them. It may
    also delete another process's delivery task, which does no harm: one runs each minute.
    """
    last_task = OrmQ.objects.aggregate(last=Max("pk"))["last"] or 0
    yield
    OutboxMessage.objects.filter(complaint__form_key=mark).delete()
    queued = [
        task.pk for task in OrmQ.objects.filter(pk__gt=last_task) if task.func() == DELIVERY_TASK
    ]
    OrmQ.objects.filter(pk__in=queued).delete()
