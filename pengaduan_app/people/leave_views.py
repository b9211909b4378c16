"""The screens of leave: one's own, that of one's people, and everybody's for the administrator."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from .. import actions, permissions
from ..models import Absence
from ..permissions import Staff
from ..presentation import long_day, person_name
from . import leave
from .forms import PersonField


def has_leave(user: Staff) -> bool:
    """True for whoever has a role, and for who keeps the accounts."""
    return user.is_active and bool(permissions.roles_of(user) or permissions.may_keep_people(user))


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class LeaveForm(forms.Form):
    """From when to when, and who stands in."""

    first_day = DayField(label=gettext_lazy("First day of leave"))
    last_day = DayField(
        label=gettext_lazy("Last day of leave"),
        help_text=gettext_lazy("Both days belong to the leave."),
    )
    deputy = PersonField(label=gettext_lazy("Who stands in"), queryset=None)

    def __init__(self, *args: Any, person: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [colleague.pk for colleague in leave.candidates(person)]
        field = cast(forms.ModelChoiceField, self.fields["deputy"])
        field.queryset = (
            get_user_model().objects.filter(pk__in=keys).order_by("first_name", "last_name", "pk")
        )
        if not keys:
            field.help_text = _(
                "Nobody else has the same role in the same agency. Ask the complaint "
                "administrator to give it to somebody; the deputy gets no other right by this."
            )


class OfStaff(View):
    """For people with a role; Wagtail sends everybody else home with a sentence."""

    @property
    def user(self) -> Staff:
        return cast(Staff, self.request.user)

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not has_leave(self.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class LeaveIndexView(OfStaff, WagtailAdminTemplateMixin, TemplateView):
    """One's own leave, and whose leave one decides about."""

    template_name = "pengaduan_app/people/leave.html"
    header_icon = "calendar"
    _show_breadcrumbs = True

    def get_page_title(self) -> str:
        return _("Leave and deputies")

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.user
        everybody = permissions.may_keep_people(user)
        own = user if permissions.roles_of(user) else None
        people = leave.subordinates(user)
        absences = Absence.objects.from_now_on().select_related("person", "deputy")
        if not everybody:
            absences = absences.filter(person__in=[user, *people])
        return super().get_context_data(
            absences=absences,
            standing_in=Absence.objects.from_now_on().filter(deputy=user).select_related("person"),
            own=own,
            people=people,
            decides=bool(own or people),
            everybody=everybody,
            **kwargs,
        )


class LeaveView(OfStaff, WagtailAdminTemplateMixin, FormView):
    """One person's next leave. Whose leave one doesn't decide about, isn't there."""

    template_name = "pengaduan_app/people/form.html"
    header_icon = "calendar"
    _show_breadcrumbs = True
    form_class = LeaveForm
    style = ""
    lead = gettext_lazy(
        "While it lasts, the steps assigned to this person stand among the deputy's, and the "
        "deputy gets their e-mails."
    )

    @cached_property
    def person(self) -> Staff:
        person = get_object_or_404(get_user_model(), pk=self.kwargs["pk"], is_active=True)
        if not leave.may_decide(self.user, person):
            raise Http404
        return person

    def get_page_title(self) -> str:
        return _("Write a leave down")

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("pengaduan_leave:index"), "label": _("Leave and deputies")},
            {"url": "", "label": person_name(self.person)},
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "person": self.person}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            person=self.person, back_url=reverse("pengaduan_leave:index"), **kwargs
        )
        return context | {"media": context["form"].media, "fields": list(context["form"])}

    def form_valid(self, form: LeaveForm) -> HttpResponse:
        given = form.cleaned_data
        try:
            absence = leave.add(
                self.user, self.person.pk, given["deputy"], given["first_day"], given["last_day"]
            )
        except actions.ActionRefused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form, 403 if isinstance(refusal, actions.NotYours) else 409)
        text = _("%(deputy)s stands in for %(person)s from %(first)s to %(last)s, as: %(roles)s.")
        messages.success(
            self.request,
            text
            % {
                "deputy": person_name(absence.deputy),
                "person": person_name(absence.person),
                "first": long_day(absence.first_day),
                "last": long_day(absence.last_day),
                "roles": leave.covered(absence.person, absence.deputy),
            },
        )
        if warning := leave.warning_of(absence):
            messages.warning(self.request, warning)
        return redirect("pengaduan_leave:index")

    def form_invalid(self, form: LeaveForm, status: int = 400) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = status
        return response


class EndView(OfStaff):
    """A button that ends a leave, or takes it back before it begins."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            absence = leave.end(self.user, self.kwargs["pk"])
        except (Absence.DoesNotExist, actions.NotYours) as refusal:
            raise Http404 from refusal
        text = _("The leave of %(person)s is over. Their steps wait for them again.")
        messages.success(request, text % {"person": person_name(absence.person)})
        return redirect("pengaduan_leave:index")


def account_item(request: HttpRequest) -> dict[str, object] | None:
    """The way there from one's own account."""
    if not has_leave(cast(Staff, request.user)):
        return None
    return {
        "url": reverse("pengaduan_leave:index"),
        "label": _("Leave and deputies"),
        "help_text": _("Say from when to when you are on leave, and who stands in."),
    }


class LeaveViewSet(ViewSet):
    """`/admin/leave/`: for all staff, who find it under their account."""

    name = "leave"
    url_namespace = "pengaduan_leave"
    icon = "calendar"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", LeaveIndexView.as_view(), name="index"),
            path("<int:pk>/", LeaveView.as_view(), name="add"),
            path("<int:pk>/end/", EndView.as_view(), name="end"),
        ]


leave_viewset = LeaveViewSet()
