"""Registers the synonyms in Wagtail's admin, and the answers to the complaint form's hooks."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .advice import likely_agencies, similar_answers, suggest_agency
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
hooks.register("pengaduan_similar_answers", similar_answers)
hooks.register("pengaduan_suggest_agency", suggest_agency)
hooks.register("pengaduan_likely_agencies", likely_agencies)
