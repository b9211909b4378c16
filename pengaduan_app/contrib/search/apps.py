from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PengaduanSearchConfig(AppConfig):
    name = "pengaduan_app.contrib.search"
    # A site can have a `search` app of its own: `wagtail start` makes one.
    label = "pengaduan_search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import signal_handlers

        signal_handlers.register()
