from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Public site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Imported here: Wagtail's forms need its models to be loaded.
        from django.contrib.auth.signals import user_logged_in
        from django.db.models.signals import post_delete, post_save
        from wagtail.images import get_image_model
        from wagtail.models import Site

        from .admin_widgets import start_by_file
        from .branding import forget
        from .link_forms import name_fields
        from .models import ServiceSettings
        from .staff_login import begin_session

        name_fields()
        start_by_file()
        user_logged_in.connect(begin_session)
        for model in (ServiceSettings, Site, get_image_model()):
            post_save.connect(forget, sender=model)
            post_delete.connect(forget, sender=model)
