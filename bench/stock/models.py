"""What a Wagtail site would start with: a page type for answers, and a paginated index."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from wagtail.fields import RichTextField
from wagtail.models import Page


class StockIndexPage(Page):
    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        answers = StockPage.objects.live().child_of(self).order_by("-answered_at")
        answers = answers.select_related("agency", "category", "village")
        context["listing"] = Paginator(answers, 20).get_page(request.GET.get("page"))
        return context


class StockPage(Page):
    agency = models.ForeignKey("pengaduan_app.Agency", models.CASCADE, related_name="+")
    category = models.ForeignKey("pengaduan_app.Category", models.CASCADE, related_name="+")
    village = models.ForeignKey("pengaduan_app.Village", models.CASCADE, related_name="+")
    received_at = models.DateTimeField()
    answered_at = models.DateTimeField(db_index=True)
    question = models.TextField()
    answer = RichTextField()
