"""Wagtail's report views: the figures on the screen, as a spreadsheet, and on A4."""

from __future__ import annotations

import re
from typing import Any, BinaryIO

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _
from openpyxl import Workbook
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import Button

from .. import actions, permissions
from ..models import Complaint, Letterhead
from ..permissions import ComplaintPermissionPolicy
from ..presentation import PdfUnavailable, harmless, pdf_response
from .catalogue import REPORTS, Report
from .filters import AgencyFilterSet, MonthFilterSet, ReportFilterSet, StepFilterSet, today
from .scope import Scope
from .tables import Content, Table

NAMESPACE = "pengaduan_reports"
PRINT, PDF = "print", "pdf"
FILTERS: dict[str, type[AgencyFilterSet]] = {"step-times": StepFilterSet, "recap": MonthFilterSet}
# The report that is signed.
SIGNED = "recap"
# What Excel forbids in a sheet's name, and how long the name may be.
FORBIDDEN_IN_A_NAME, LONGEST_NAME = re.compile(r"[\[\]:*?/\\]"), 31


class ComplaintReportView(ReportView):
    """One report; agency staff see their own agency's figures, the city's roles see all."""

    name = ""
    paginate_by = None
    results_template_name = "pengaduan_app/reports/report.html"
    permission_policy = ComplaintPermissionPolicy(Complaint)
    permission_required = "view"

    @property
    def report(self) -> Report:
        return REPORTS[self.name]

    @property
    def page_title(self) -> str | Promise:
        return self.report.title

    @property
    def header_icon(self) -> str:
        return self.report.icon

    @property
    def filterset_class(self) -> type[AgencyFilterSet]:
        return FILTERS.get(self.name, ReportFilterSet)

    def get_index_url(self) -> str:
        return reverse(f"{NAMESPACE}:{self.name}")

    def get_index_results_url(self) -> str:
        return reverse(f"{NAMESPACE}:{self.name}-results")

    @cached_property
    def scope(self) -> Scope:
        return self.filters.scope

    @cached_property
    def content(self) -> Content:
        return self.report.build(self.scope, **self.filters.options)

    @cached_property
    def exported(self) -> Table:
        """The table that a spreadsheet holds: the requested one, or the report's first."""
        wanted = self.request.GET.get("table")
        tables = self.content.tables
        return next((table for table in tables if table.key == wanted), tables[0])

    @property
    def list_export(self) -> list[str]:
        return [column.key for column in self.exported.columns]

    @property
    def export_headings(self) -> dict[str, str]:
        return {column.key: column.heading for column in self.exported.columns}

    @property
    def sheets(self) -> list[Table]:
        """The sheets of an XLSX file: the requested table alone, or every table of the report."""
        return [self.exported] if "table" in self.request.GET else list(self.content.tables)

    def get_filename(self) -> str:
        period, named = self.scope.period, [str(self.report.title)]
        if "table" in self.request.GET and self.exported.title not in named:
            named.append(self.exported.title)
        return "-".join(slugify(str(word)) for word in (*named, period.first, period.last))

    def write_xlsx(self, queryset: object, output: BinaryIO) -> None:
        """One sheet for each table; Wagtail's own writes a single sheet of one queryset."""
        book = Workbook(write_only=True)
        for table in self.sheets:
            sheet = book.create_sheet(FORBIDDEN_IN_A_NAME.sub("", table.title)[:LONGEST_NAME])
            sheet.append([column.heading for column in table.columns])
            for row in table.sheet_rows():
                sheet.append(self.generate_xlsx_row(sheet, self.to_row_dict(row)))
        book.save(output)

    def get_filtered_queryset(self) -> list[dict[str, str | float | None]]:
        """Counted rows, one dict each, where Wagtail's own has a queryset."""
        return self.exported.sheet_rows()

    def to_row_dict(self, item: dict[str, str | float | None]) -> dict[str, object]:
        return {key: harmless(value) for key, value in item.items()}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = request.GET.get("format")
        if form in (PRINT, PDF):
            return self.printed(form)
        return super().get(request, *args, **kwargs)

    def printed(self, form: str) -> HttpResponse:
        """The report on A4, as a page to print or as a PDF."""
        context = {
            **self.report_context(),
            "letterhead": Letterhead.current(),
            "signed_at": timezone.now() if self.name == SIGNED else None,
            "pdf_url": self.url_with(format=PDF) if form == PRINT else None,
        }
        html = render_to_string("pengaduan_app/reports/print.html", context, self.request)
        if form == PRINT:
            return HttpResponse(html)
        try:
            return pdf_response(html, self.get_filename())
        except PdfUnavailable as refusal:
            raise actions.NotNow(str(refusal)) from refusal

    def report_context(self) -> dict[str, object]:
        agency = self.filters.chosen.get("agency")
        own = not permissions.sees_city(self.request.user)
        return {
            "report": self.report,
            "period": self.scope.period.in_words(today()),
            "coverage": agency or (_("Your agency") if own else _("All agencies")),
            "problems": " ".join(self.filters.problems),
            "content": self.content,
            "printed_at": timezone.now(),
        }

    def url_with(self, **changes: str) -> str:
        """The address of this report with the same filters, in another format."""
        query = self.request.GET.copy()
        for name in ("export", "table", "format", "_w_filter_fragment"):
            query.pop(name, None)
        query.update(changes)
        return f"{self.index_url}?{query.urlencode()}"

    def get_export_url(self, format: str) -> str:
        return self.url_with(export=format)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        # No CSV here: a CSV file holds one table, and each table links to its own.
        wagtails = [b for b in super().header_more_buttons if b.url != self.csv_export_url]
        return [
            *wagtails,
            Button(_("Print"), url=self.url_with(format=PRINT), icon_name="doc-full", priority=70),
            Button(_("Open as PDF"), url=self.url_with(format=PDF), icon_name="doc-full-inverse"),
        ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        tables = [
            {
                "table": table,
                "xlsx_url": self.url_with(export="xlsx", table=table.key),
                "csv_url": self.url_with(export="csv", table=table.key),
            }
            for table in self.content.tables
            if table.rows
        ]
        return super().get_context_data(
            *args,
            **self.report_context(),
            tables=tables,
            pdf_url=self.url_with(format=PDF),
            **kwargs,
        )


def urlpatterns() -> list[URLPattern]:
    """An address for each report, and one for its results alone."""
    patterns = []
    for name in REPORTS:
        view = ComplaintReportView
        patterns += [
            path(f"{name}/", view.as_view(name=name), name=name),
            path(
                f"{name}/results/",
                view.as_view(name=name, results_only=True),
                name=f"{name}-results",
            ),
        ]
    return patterns


class ReportMenuItem(MenuItem):
    """Shown to everybody who holds a role in the procedure."""

    def is_shown(self, request: HttpRequest) -> bool:
        return ComplaintReportView.permission_policy.user_has_permission(request.user, "view")


def menu_item(name: str) -> ReportMenuItem:
    """An item for Wagtail's menu of reports, placed before Wagtail's own reports."""
    report = REPORTS[name]
    return ReportMenuItem(
        report.title,
        reverse(f"{NAMESPACE}:{name}"),
        name=f"complaints-{name}",
        icon_name=report.icon,
        order=10 + list(REPORTS).index(name),
    )
