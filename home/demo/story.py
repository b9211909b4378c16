"""Demo people and complaints in every state of the SOP. For development alone."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock
from uuid import UUID

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
from .complaints import Story, key_of, load_city
from .people import ensure_people


def load_demo() -> int:
    """Make what is missing of the demo, and return how many complaints that were.

    Oldest first, so that a duplicate finds the complaint that it repeats. Each one is a
    transaction of its own: an interrupted load goes on where it stopped. What the demo's
    complaints teach is known at once, cluster or none.
    """
    city = load_city(ensure_people())
    cases = sorted(load("complaints"), key=lambda case: -case["days_ago"])
    keys = [key_of(case["key"]) for case in cases]
    known = set(
        Complaint.objects.filter(submission_key__in=keys).values_list("submission_key", flat=True)
    )
    missing = [case for case, key in zip(cases, keys, strict=True) if key not in known]
    with _quick_and_quiet():
        for case in missing:
            with transaction.atomic(), _without_messages(key_of(case["key"])):
                Story(case, city).tell(timezone.now())
    learning.learn()
    return len(missing)


def holds_other_complaints() -> bool:
    """True on a site in use: it holds complaints, and none of the demo's is among them.
    What visitors of a demo send is no reason to stop."""
    keys = [key_of(case["key"]) for case in load("complaints")]
    complaints = Complaint.objects.all()
    return complaints.exists() and not complaints.filter(submission_key__in=keys).exists()


@contextmanager
def _quick_and_quiet() -> Iterator[None]:
    """No e-mail of Wagtail's own, no log line for each queued task, no slow hashes.

    Tracking codes are hashed at full cost elsewhere. The demo's can be worked out from
    development's public SECRET_KEY, so cost would protect nothing and take a minute;
    a hash names its own iterations, so these codes are checked like any other.
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
def _without_messages(key: UUID) -> Iterator[None]:
    """Take away the messages that one complaint's past has queued, before they are sent.

    Only for the demo: its people don't exist, and news from last month is none. It runs
    in the transaction that made them, so a cluster at work never sees one. Another
    process's delivery task that goes with them does no harm: one runs each minute.
    """
    last_task = OrmQ.objects.aggregate(last=Max("pk"))["last"] or 0
    yield
    OutboxMessage.objects.filter(complaint__submission_key=key).delete()
    queued = [
        task.pk for task in OrmQ.objects.filter(pk__gt=last_task) if task.func() == DELIVERY_TASK
    ]
    OrmQ.objects.filter(pk__in=queued).delete()
