"""What must hold in every view of the admin, Wagtail's own included."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.apps import apps
from django.contrib import messages
from django.db.models import ProtectedError, Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access
from wagtail.models import Page

from .actions import ActionRefused
from .desk import unsent_forms, wagtail_reports
from .models import ComplaintPage
from .operations import kept
from .presentation import read_key
from .workflow import keeping

GetResponse = Callable[[HttpRequest], HttpResponse]
# Wagtail's views that name pages to whoever asks, and what answers in their place.
STAND_INS = {
    "wagtailadmin_reports:page_types_usage": require_admin_access(
        wagtail_reports.PageTypesUsage.as_view()
    ),
    "wagtailadmin_reports:page_types_usage_results": require_admin_access(
        wagtail_reports.PageTypesUsage.as_view(results_only=True)
    ),
}


class ActionRefusedMiddleware:
    """Turns a refused action or deletion into a message, for Wagtail's own views, which run
    workflow tasks and delete rows, and don't know that this can be refused."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: dict[str, object]
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        text = keeping.refuse_disabling(name, read_key(str(kwargs.get("pk", ""))))
        if text is None:
            return None
        messages.error(request, text)
        return redirect("wagtailadmin_workflows:index")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, ProtectedError):
            text = kept.refusal_of(exception)
        elif isinstance(exception, ActionRefused):
            text = str(exception) or _("This is not possible now.")
        else:
            return None
        messages.error(request, text)
        back = self._back(request)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # What Wagtail's workflow dialog understands: close, and go to that address.
            return JsonResponse({"step": "success", "redirect": back})
        return redirect(back)

    def _back(self, request: HttpRequest) -> str:
        referrer = request.headers.get("referer", "")
        if request.method == "GET" and urlsplit(referrer).path == request.path:
            # The page that refuses would send the browser to itself, for ever.
            return reverse("wagtailadmin_home")
        if url_has_allowed_host_and_scheme(referrer, {request.get_host()}, request.is_secure()):
            return referrer
        return reverse("wagtailadmin_home")


class UnsentFormsMiddleware:
    """Gives a form of the admin back to who wrote it, if the session was over when it was sent."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not unsent_forms.is_in_admin(request):
            return self.get_response(request)
        is_page = unsent_forms.is_page(request)
        if is_page and request.method == "GET" and (way := unsent_forms.waiting_here(request)):
            return way
        response = self.get_response(request)
        if is_page and request.method == "POST":
            response = unsent_forms.after_sending(request, response)
        unsent_forms.name_writer(request, response)
        return response


class HiddenPagesMiddleware:
    """A complaint's page that the user may not see doesn't exist for them in the admin.

    Wagtail refuses the page itself, yet some of its views still name it: bulk actions list
    "pages without access", the chooser gives the title of any page by its id, and the
    workflow views say which page is not in moderation.
    """

    # The views' own parameters that hold a page's id.
    PARAMETERS = ("page_id", "page_to_move_id", "parent_page_id")
    # Views that take the ids of pages in the query string instead.
    LISTS = ("wagtail_bulk_action", "wagtailadmin_choose_page_chosen_multiple")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: dict[str, object]
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        if not match or not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        if not request.user.is_authenticated:
            # Wagtail sends them to the log-in, and then back here, whatever the number: no
            # other answer may say which pages are hidden.
            return None
        if match.view_name in STAND_INS:
            return STAND_INS[match.view_name](request)
        # Wagtail 8 calls it `pk` in the views of pages.
        names = [*self.PARAMETERS, *(["pk"] if match.namespace == "wagtailadmin_pages" else [])]
        keys = [read_key(str(kwargs[name])) for name in names if name in kwargs]
        if None in keys:
            # No page has a number that no database holds.
            raise Http404
        named = Q(pk__in=keys)
        if match.url_name in self.LISTS and self._lists_pages(kwargs):
            named |= self._listed(request.GET)
        if named and ComplaintPage.objects.hidden_from(request.user).filter(named).exists():
            raise Http404
        return None

    def _lists_pages(self, kwargs: dict[str, object]) -> bool:
        """False for bulk actions on other models, whose ids are no pages'."""
        try:
            model = apps.get_model(str(kwargs["app_label"]), str(kwargs["model_name"]))
        except (KeyError, LookupError):
            return True
        return issubclass(model, Page)

    def _listed(self, params: QueryDict) -> Q:
        """The pages that the query string means. Raises Http404 for an id that `read_key` can't
        read: Wagtail reads more spellings of a number, so a hidden page might be among them."""
        ids = params.getlist("id")
        if "all" not in ids:
            keys = [read_key(text) for text in ids]
            if None in keys:
                raise Http404
            return Q(pk__in=keys)
        above = Page.objects.filter(pk=read_key(params.get("childOf", ""))).first()
        # Without a parent, or with one that doesn't exist, it means every page.
        return Q(path__startswith=above.path if above else "")
