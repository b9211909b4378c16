"""What the complaint listing in the admin can be narrowed by."""

from __future__ import annotations

import django_filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from . import labels, sop
from .models import Category, Complaint, Village
from .models.references import STEP_CHOICES


class ComplaintFilterSet(WagtailFilterSet):
    """State, open step, overdue, category, village, channel, date; each has its index."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=labels.choices(labels.STATES))
    step = django_filters.ChoiceFilter(
        label=_("Open step"),
        method="filter_step",
        choices=[row for row in STEP_CHOICES if row[0] in sop.OPEN_STEP.values()],
    )
    overdue = django_filters.BooleanFilter(label=_("Overdue"), method="filter_overdue")
    category = django_filters.ModelChoiceFilter(
        label=_("Category"), queryset=Category.objects.all()
    )
    village = django_filters.ModelChoiceFilter(label=_("Village"), queryset=Village.objects.all())
    channel = django_filters.ChoiceFilter(
        label=_("Channel"), choices=labels.choices(labels.CHANNELS)
    )
    created_at = django_filters.DateFromToRangeFilter(
        label=_("Received"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Complaint
        fields = []

    def filter_step(self, queryset, name, value):
        return queryset.filter(open_step_code=value)

    def filter_overdue(self, queryset, name, value):
        if value is None:
            return queryset
        late = Q(open_due_at__lt=timezone.now())
        # What is closed has no due time, and isn't late either.
        return queryset.filter(late if value else ~late | Q(open_due_at=None))
