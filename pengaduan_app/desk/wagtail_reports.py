"""Wagtail's own reports, where they would say more than a complaint's page may, or write a cell
that a spreadsheet takes for a formula."""

from __future__ import annotations

from typing import Any

from wagtail.admin.views.reports import ReportView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView

from ..models import ComplaintPage
from ..presentation import harmless


class PageTypesUsage(PageTypesUsageReportView):
    """Wagtail names the page of each type that was edited last to everybody. A complaint's draft
    or private answer is named to people who may see it."""

    def decorate_paginated_queryset(self, page_types: Any) -> Any:
        page_types = super().decorate_paginated_queryset(page_types)
        keys = [row.last_edited_page_id for row in page_types]
        hidden = ComplaintPage.objects.hidden_from(self.request.user).filter(pk__in=keys)
        unnamed = set(hidden.values_list("pk", flat=True))
        for row in page_types:
            if row.last_edited_page_id in unnamed:
                row.last_edited_page = None
        return page_types


def write_csv_row(report: Any, writer: Any, row: dict[str, object]) -> Any:
    """Wagtail's method of this name, with cells that no spreadsheet calculates."""
    cells = {
        field: report.preprocess_field_value(field, value, report.FORMAT_CSV)
        for field, value in row.items()
    }
    return writer.writerow({field: harmless(cell) for field, cell in cells.items()})


def guard_exports() -> None:
    """Make the CSV files of all of Wagtail's reports harmless: the titles of pages in them begin
    as citizens' subjects. Its XLSX files mark such cells as text by themselves."""
    ReportView.write_csv_row = write_csv_row
