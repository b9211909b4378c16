from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PengaduanConfig(AppConfig):
    name = "pengaduan_app"
    verbose_name = _("Public complaints")
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self):
        super().import_models()
        # Wagtail's Task classes are models too. They call actions, which know the other
        # models, so they come after them and not through models/.
        from . import workflow  # noqa: F401

    def ready(self):
        from . import checks, publication, signal_handlers

        checks.register()
        signal_handlers.register()
        publication.register()
        publication.present()
