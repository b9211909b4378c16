"""What the complaint listing in the admin can be narrowed by."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any, ClassVar

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from ... import permissions
from ...deadlines import margin
from ...models import STEP_CHOICES, Agency, Category, Complaint, StepRecord, Village
from ...procedure import Step, labels, sop
from ..complaint import assigned
from . import queue

# Whether it is still to be done, as the list and the links to it name it.
OPEN, CLOSED, ALL = "open", "closed", "all"
MINE = "yes"
SOON, TODAY = "soon", "today"
# Whose turn it is, as the list and the links to it name it.
AGENCY, CITY = "agency", "city"


def end_of_today() -> datetime:
    """The midnight that ends this day, on the city's clock."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))


class ReceivedFilter(django_filters.DateFromToRangeFilter):
    """From a day to a day. Days too far away for a database to compare with are ignored."""

    def filter(self, qs: QuerySet[Complaint], value: slice | None) -> QuerySet[Complaint]:
        ends = (value.start, value.stop) if value else ()
        if any(end and not 1 < end.year < 9999 for end in ends):
            return qs
        return super().filter(qs, value)


class ComplaintFilterSet(WagtailFilterSet):
    """What is due, state, open step, agency and the rest; each has its index.

    The filters by the open step start from the ledger's open rows, which are few.
    """

    status = django_filters.ChoiceFilter(
        label=_("Open or closed"),
        method="filter_status",
        choices=[(OPEN, _("Open")), (CLOSED, _("Closed")), (ALL, _("All"))],
    )
    mine = django_filters.ChoiceFilter(
        label=_("Whose turn it is"), method="filter_mine", choices=[(MINE, _("My turn"))]
    )
    # No BooleanFilter: Wagtail would name the chosen value “True”.
    overdue = django_filters.ChoiceFilter(
        label=_("Overdue"),
        method="filter_overdue",
        choices=[("true", _("Yes")), ("false", _("No"))],
    )
    due = django_filters.ChoiceFilter(
        label=_("Due"),
        method="filter_due",
        choices=[(SOON, _("Soon: most of the time is used")), (TODAY, _("Today"))],
    )
    step = django_filters.ChoiceFilter(
        label=_("Open step"),
        method="filter_step",
        choices=[
            (code, format_lazy("{} · {}", code, label))
            for code, label in STEP_CHOICES
            if code in (*sop.OPEN_STEP.values(), Step.C1)
        ],
    )
    holder = django_filters.ChoiceFilter(
        label=_("In whose hands"),
        method="filter_holder",
        choices=[
            (AGENCY, _("The agency's")),
            (CITY, _("Public relations' or the administrator's")),
        ],
    )
    assigned = django_filters.ChoiceFilter(
        label=_("Assigned to"),
        method="filter_assigned",
        choices=[(assigned.ME, _("Me, or whom I stand in for")), (assigned.NOBODY, _("Nobody"))],
    )
    agency = django_filters.ModelChoiceFilter(label=_("Agency"), queryset=Agency.objects.all())
    state = django_filters.ChoiceFilter(label=_("State"), choices=labels.choices(labels.STATES))
    category = django_filters.ModelChoiceFilter(
        label=_("Category"), queryset=Category.objects.all()
    )
    village = django_filters.ModelChoiceFilter(label=_("Village"), queryset=Village.objects.all())
    channel = django_filters.ChoiceFilter(
        label=_("Channel"), choices=labels.choices(labels.CHANNELS)
    )
    created_at = ReceivedFilter(label=_("Received"), widget=DateRangePickerWidget)

    class Meta:
        model = Complaint
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.request and not permissions.sees_city(self.request.user):
            # Agency staff see no other agency's complaints.
            del self.filters["agency"]
        if self.request and queue.sees_all(self.request.user):
            # It is never the turn of whoever holds no role.
            del self.filters["mine"]

    def filter_status(
        self, queryset: QuerySet[Complaint], name: str, value: str
    ) -> QuerySet[Complaint]:
        if value == OPEN:
            # The due time, too: it lets the database start from the ledger's open rows.
            return queryset.filter(Q(state__in=sop.OPEN_STATES) & Q(open_due_at__isnull=False))
        return queryset.filter(state__in=sop.CLOSED_STATES) if value == CLOSED else queryset

    def filter_mine(
        self, queryset: QuerySet[Complaint], name: str, value: str
    ) -> QuerySet[Complaint]:
        """Those in which a step waits for the user, the coordinator's own C1 included."""
        return queryset.filter(pk__in=queue.steps_of(self.request.user).values("complaint"))

    def filter_step(
        self, queryset: QuerySet[Complaint], name: str, value: str
    ) -> QuerySet[Complaint]:
        if value == Step.C1:
            # It runs beside the step that it reminds of, and has no state of its own.
            reminding = StepRecord.objects.open().filter(step=value)
            return queryset.filter(pk__in=reminding.values("complaint"))
        states = [state for state, step in sop.OPEN_STEP.items() if step == value]
        return queryset.filter(state__in=states)

    def filter_holder(
        self, queryset: QuerySet[Complaint], name: str, value: str
    ) -> QuerySet[Complaint]:
        held = sop.REMINDABLE_STATES
        return queryset.filter(state__in=held if value == AGENCY else sop.OPEN_STATES - held)

    def filter_assigned(
        self, queryset: QuerySet[Complaint], name: str, value: str
    ) -> QuerySet[Complaint]:
        return assigned.narrowed(queryset, value, self.request.user)

    def filter_overdue(
        self, queryset: QuerySet[Complaint], name: str, value: str
    ) -> QuerySet[Complaint]:
        late = Q(open_due_at__lt=timezone.now())
        # A closed complaint has no due time, and isn't late either.
        return queryset.filter(late if value == "true" else ~late | Q(open_due_at=None))

    def filter_due(
        self, queryset: QuerySet[Complaint], name: str, value: str
    ) -> QuerySet[Complaint]:
        now = timezone.now()
        ahead = queryset.filter(Q(open_due_at__gte=now))
        if value == TODAY:
            return ahead.filter(Q(open_due_at__lt=end_of_today()))
        # One condition for each of the few limits in use, so that the index on the due time
        # is used: no arithmetic stands on its side of the comparison.
        limits = StepRecord.objects.open().order_by().values_list("limit_minutes", flat=True)
        near = Q(pk__in=[])
        for minutes in limits.distinct():
            near |= Q(open_limit_minutes=minutes, open_due_at__lte=now + margin(minutes))
        return ahead.filter(near)
