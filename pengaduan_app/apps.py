from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PengaduanConfig(AppConfig):
    name = "pengaduan_app"
    verbose_name = _("Public complaints")
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self) -> None:
        super().import_models()
        # Wagtail's Task classes are models too, but they call actions, which import the other
        # models. So they are imported after these, and not by models/.
        from . import workflow  # noqa: F401

    def ready(self) -> None:
        from . import checks, publication, signal_handlers
        from .desk import stored_pictures

        checks.register()
        signal_handlers.register()
        publication.register()
        publication.present()
        stored_pictures.register()
