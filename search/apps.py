from django.apps import AppConfig

from pengaduan_app.contrib.search import indonesian

from .places import NAMES


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        indonesian.keep(NAMES)
