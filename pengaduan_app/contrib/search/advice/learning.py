"""Learns which words go with which agency: from remits, and from where complaints ended.

A complaint that was moved counts for the agency that answered it. That is the point: there
citizens chose wrongly. Declined, referred, withdrawn and duplicate complaints teach nothing,
and confidential ones aren't read.

Only stems with counts are kept. Left out are stems in fewer than FEWEST complaints, numbers,
addresses, telephone numbers, and any word of a reporter's name unless an agency's description
of its own work has it. So no row leads back to a person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from django.db import transaction

from ....models import Agency, Complaint
from ....privacy import mask_personal_data
from ....procedure import ANSWERED_STATES, Privacy
from ..indexing import mark
from ..indonesian import analyse, is_stop_word
from ..models import AgencyWord, Answer

NEWEST = 10_000  # complaints that are read: agencies and their work change
FEWEST = 3  # complaints that must have a word
REMIT = 8  # complaints that an agency's description is worth
BATCH = 500
LONGEST_STEM = 40
WHOLE = ""  # the stem that all of an agency's texts have

Counts = dict[str, Counter[int]]  # stem → agency → complaints


def learn() -> int:
    """Refill the table; returns from how many complaints. Takes some seconds."""
    remits = {
        agency.pk: stems_of(f"{agency.name} {agency.short_name} {agency.remit}")
        for agency in Agency.objects.filter(active=True)
    }
    counts, names, total = _count(_ended(remits))
    described = set().union(*remits.values())
    kept = {
        stem: agencies
        for stem, agencies in counts.items()
        if stem == WHOLE or (agencies.total() >= FEWEST and stem not in names - described)
    }
    _store(list(_rows(kept, remits)))
    return total


def stems_of(text: str) -> set[str]:
    """The stems of a text that can point to an agency: no numbers, no stop words."""
    return {
        term.stem
        for term in analyse(text)
        if term.word.isalpha() and not is_stop_word(term.word) and len(term.stem) > 1
    }


def _ended(agencies: Iterable[int]) -> Iterator[Complaint]:
    complaints = Complaint.objects.filter(
        state__in=ANSWERED_STATES, privacy=Privacy.OPEN, agency__in=list(agencies)
    )
    newest = complaints.select_related("reporter").order_by("-created_at", "-pk")[:NEWEST]
    yield from newest.iterator(BATCH)


def _count(complaints: Iterator[Complaint]) -> tuple[Counts, set[str], int]:
    """How many complaints have each stem, the words of reporters' names, and the total."""
    counts: Counts = defaultdict(Counter)
    names: set[str] = set()
    total = 0
    for batch in _batches(complaints):
        published = _published([complaint.pk for complaint in batch])
        for complaint in batch:
            assert complaint.agency_id  # `_ended` selects by agency
            reporter = getattr(complaint, "reporter", None)
            name = reporter.name if reporter else ""
            own = f"{complaint.subject} {complaint.body} {published.get(complaint.pk, '')}"
            for stem in _learned(own, name, complaint.category_id):
                counts[stem][complaint.agency_id] += 1
            names |= _all_stems_of(name)
        total += len(batch)
    return counts, names, total


def _learned(text: str, name: str, category: int | None) -> set[str]:
    stems = stems_of(mask_personal_data(text, name)) - _all_stems_of(name)
    return stems | {WHOLE} | ({mark("category", category)} if category else set())


def _all_stems_of(name: str) -> set[str]:
    """The words of a name and their stems. Stop words and numbers are never kept anyway."""
    return {part for term in analyse(name) for part in (term.word, term.stem)}


def _batches(complaints: Iterator[Complaint]) -> Iterator[list[Complaint]]:
    batch: list[Complaint] = []
    for complaint in complaints:
        batch.append(complaint)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def _published(numbers: list[int]) -> dict[int, str]:
    """The public text of these complaints."""
    rows = Answer.objects.filter(page__complaint__in=numbers).values_list(
        "page__complaint_id", "title", "question", "answer"
    )
    return {number: " ".join(texts) for number, *texts in rows}


def _rows(counts: Counts, remits: dict[int, set[str]]) -> Iterator[AgencyWord]:
    described = {stem for stems in remits.values() for stem in stems}
    for stem in {WHOLE, *counts, *described}:
        if len(stem) > LONGEST_STEM:
            continue
        complaints = counts.get(stem, Counter())
        remit = {pk: REMIT for pk, stems in remits.items() if stem == WHOLE or stem in stems}
        for agency in {*complaints, *remit}:
            number = complaints[agency]
            yield AgencyWord(
                stem=stem,
                agency_id=agency,
                weight=number + remit.get(agency, 0),
                complaints=number,
            )


@transaction.atomic
def _store(rows: list[AgencyWord]) -> None:
    AgencyWord.objects.all()._raw_delete(AgencyWord.objects.db)
    AgencyWord.objects.bulk_create(rows, batch_size=BATCH)
