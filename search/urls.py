"""The addresses below `/cari/`."""

from django.urls import path

from pengaduan_app.contrib.search.views import suggestions

from .views import search_page

urlpatterns = [
    path("", search_page, name="search"),
    path("saran/", suggestions, name="suggestions"),
]
