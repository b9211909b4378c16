"""Registers the synonyms in Wagtail's admin, and what the complaint form asks the search."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from . import advising
from .models import SynonymSet


class SynonymSetViewSet(SnippetViewSet):
    model = SynonymSet
    icon = "search"
    menu_label = _("Synonyms")
    menu_name = "synonyms"
    menu_order = 125
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["words"]
    search_fields = ["words"]
    list_per_page = 100


register_snippet(SynonymSetViewSet)
hooks.register("pengaduan_similar_answers", advising.similar_answers)
hooks.register("pengaduan_suggest_agency", advising.suggest_agency)
