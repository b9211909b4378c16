"""`/statistik/` and its files: one query per visit for any number of complaints."""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..models import StatisticsSnapshot
from ..presentation import Share, count_text, harmless, seconds_text
from ..reports import Table
from .tables import SUBJECTS, Figures, month_name

# Tells Excel that the file is UTF-8.
BOM = "\ufeff"
# The names of the files in the addresses, which citizens read.
FILES = {
    "bulan": "months",
    "perangkat-daerah": "agencies",
    "kategori": "categories",
    "kelurahan": "villages",
}
# Seconds after which a program may ask again if nothing has been counted yet.
SOON = 300


@require_safe
def statistics_page(request: HttpRequest) -> HttpResponse:
    """The figures as they were last counted, or a notice that they are being counted."""
    snapshot = StatisticsSnapshot.current()
    crumbs = [{"address": "/", "title": _("Home")}]
    if snapshot is None:
        return render(request, "pengaduan_app/statistics/page_soon.html", {"crumbs": crumbs})
    figures = snapshot.figures
    context = {
        "crumbs": crumbs,
        "made_at": snapshot.made_at,
        "first_month": month_name(figures["first_month"]),
        "last_month": month_name(figures["last_month"]),
        "tiles": _tiles(figures),
        "parts": [_part(name, key, snapshot) for name, key in FILES.items()],
    }
    return render(request, "pengaduan_app/statistics/page.html", context)


@require_safe
def statistics_file(request: HttpRequest, name: str) -> HttpResponse:
    """One table as CSV: UTF-8, bare numbers, no cell that a spreadsheet would run as a formula.

    Raises Http404 for a table that isn't in FILES.
    """
    if name not in FILES:
        raise Http404
    snapshot = StatisticsSnapshot.current()
    if snapshot is None:
        text = _("The figures are being counted. Please try again in a few minutes.")
        headers = {"Retry-After": str(SOON)}
        return HttpResponse(text, content_type="text/plain", status=503, headers=headers)
    table = SUBJECTS[FILES[name]].build(snapshot.figures)
    filename = f"statistik-{name}-{slugify(snapshot.figures['last_month'])}.csv"
    response = HttpResponse(
        BOM,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )
    sheet = csv.writer(response)
    sheet.writerow(harmless(column.heading) for column in table.columns)
    for row in table.sheet_rows():
        sheet.writerow("" if cell is None else harmless(cell) for cell in row.values())
    return response


def _tiles(figures: Figures) -> list[dict[str, str]]:
    total, now = figures["total"], figures["now"]
    share = Share(total["on_time"], total["answered"])
    in_time = _("%(in_time)s of %(answered)s answers kept every time limit.") % {
        "in_time": count_text(total["on_time"]),
        "answered": count_text(total["answered"]),
    }
    return [
        {"name": _("Received"), "value": count_text(total["received"])},
        {"name": _("Answered"), "value": count_text(total["answered"])},
        {"name": _("In time"), "value": share.text, "note": in_time},
        {
            "name": _("Median time to the answer"),
            "value": seconds_text(total["median_seconds"]),
            "note": _("Half of the answers took no longer."),
        },
        {"name": _("Being handled now"), "value": count_text(now["open"])},
        {"name": _("of these, past a time limit"), "value": count_text(now["overdue"])},
        {
            "name": _("Closed without an answer"),
            "value": count_text(total["unanswered"]),
            "note": _("Declined, referred, joined with another, or withdrawn."),
        },
    ]


def _part(name: str, key: str, snapshot: StatisticsSnapshot) -> dict[str, Any]:
    """One table with its chart, as chart.html takes it."""
    subject = SUBJECTS[key]
    table = subject.build(snapshot.figures)
    return {
        "title": subject.title,
        "summary": subject.summary,
        "svg": mark_safe(snapshot.charts[key]),  # nosec B308 B703  # our own SVG
        "nothing": "" if snapshot.charts[key] else subject.nothing,
        "opened": subject.is_open,
        "notes": table.footnotes,
        "csv_url": reverse("pengaduan:statistics_file", args=[name]),
        "table": {"id": f"table-{key}", **_on_screen(table)},
    }


def _on_screen(table: Table) -> dict[str, Any]:
    """A table as table.html takes it.

    Leaves out a column without a single value (the rank, while nobody is ranked). The files
    keep it, because programs look for it there.
    """
    rows = table.rows
    shown = [c for c in table.columns if not rows or any(row[c.key] is not None for row in rows)]
    labels = [column.label for column in shown]
    lines = replace(table, columns=shown).lines
    return {
        "caption": table.title,
        "columns": labels,
        "rows": [
            {
                "name": name,
                "short_name": row.get("short_name"),
                "cells": [
                    {"label": label, "text": text}
                    for label, (_kind, text) in zip(labels[1:], cells, strict=True)
                ],
            }
            for row, (name, cells) in zip(rows, lines, strict=True)
        ],
    }
