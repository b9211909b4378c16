"""What must hold in every view of the admin, Wagtail's own included."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from wagtail.models import Page

from .actions import ActionRefused
from .models import ComplaintPage


class ActionRefusedMiddleware:
    """For Wagtail's own views, which call a workflow task and know nothing of refusals."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception) -> HttpResponse | None:
        if not isinstance(exception, ActionRefused):
            return None
        messages.error(request, str(exception) or _("This is not possible now."))
        back = self._back(request)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # The answer that Wagtail's workflow dialog understands: close and go there.
            return JsonResponse({"step": "success", "redirect": back})
        return redirect(back)

    def _back(self, request) -> str:
        referrer = request.headers.get("referer", "")
        if url_has_allowed_host_and_scheme(referrer, {request.get_host()}, request.is_secure()):
            return referrer
        return reverse("wagtailadmin_home")


class HiddenPagesMiddleware:
    """A complaint's page that isn't the user's to see doesn't exist for them in the admin.

    Wagtail refuses them the page itself, yet some of its views name it all the same: bulk
    actions list "pages without access", the chooser tells any page's title by its id, and
    the workflow views say which page is not in moderation.
    """

    # The views' own parameters that hold a page's id.
    PARAMETERS = ("page_id", "page_to_move_id")
    # Views that take the ids of pages in the query string instead.
    LISTS = ("wagtail_bulk_action", "wagtailadmin_choose_page_chosen_multiple")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs) -> None:
        if not request.path.startswith(reverse("wagtailadmin_home")):
            return
        match = request.resolver_match
        # Wagtail 8 calls it `pk` in the views of pages.
        names = [*self.PARAMETERS, *(["pk"] if match.namespace == "wagtailadmin_pages" else [])]
        named = Q(pk__in=[kwargs[name] for name in names if name in kwargs])
        if match.url_name in self.LISTS:
            named |= self._listed(request.GET)
        if named and ComplaintPage.objects.hidden_from(request.user).filter(named).exists():
            raise Http404

    def _listed(self, params) -> Q:
        ids = params.getlist("id")
        if "all" not in ids:
            return Q(pk__in=[number for number in ids if number.isdecimal()])
        parent = params.get("childOf", "")
        above = Page.objects.filter(pk=parent).first() if parent.isdecimal() else None
        # Without a parent, or with one that isn't there, it means every page.
        return Q(path__startswith=above.path if above else "")
