from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Public site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Imported here: Wagtail's forms need its models to be loaded.
        from allauth.mfa.models import Authenticator
        from allauth.mfa.signals import (
            authenticator_added,
            authenticator_removed,
            authenticator_used,
        )
        from allauth.socialaccount.models import SocialAccount
        from django.contrib.auth import get_user_model
        from django.contrib.auth.signals import user_logged_in
        from django.db.models.signals import post_delete, post_save
        from wagtail.images import get_image_model
        from wagtail.models import Site

        from . import checks
        from .admin_widgets import start_by_file
        from .branding import forget
        from .link_forms import name_fields
        from .models import ServiceSettings
        from .staff_login import factor_log, requirement
        from .staff_login.sessions import begin_session, end_with_the_account

        name_fields()
        checks.register_all()
        start_by_file()
        user_logged_in.connect(begin_session)
        post_save.connect(end_with_the_account, sender=get_user_model())
        authenticator_used.connect(requirement.on_shown)
        authenticator_added.connect(requirement.on_added)
        authenticator_removed.connect(requirement.on_removed)
        authenticator_added.connect(factor_log.on_added)
        authenticator_removed.connect(factor_log.on_removed)
        for hidden in (Authenticator, SocialAccount):
            # Wagtail would list them among what refers to a user.
            hidden.wagtail_reference_index_ignore = True
        for model in (ServiceSettings, Site, get_image_model()):
            post_save.connect(forget, sender=model)
            post_delete.connect(forget, sender=model)
