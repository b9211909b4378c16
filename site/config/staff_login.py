"""Settings of the staff's log-in: the provider of single sign-on, and what allauth may do."""

from __future__ import annotations

from typing import Any

from environ import Env

FORMS = "home.staff_login.factor_forms"


def provider_from(env: Env) -> dict[str, Any]:
    """The OpenID Connect provider that the environment names; empty if it names none."""
    server = env("OIDC_SERVER_URL", default="")
    if not server:
        return {}
    return {
        "server_url": server,
        "client_id": env("OIDC_CLIENT_ID", default=""),
        "client_secret": env("OIDC_CLIENT_SECRET", default=""),
        "name": env("OIDC_NAME", default="SSO"),
        # Whether the provider asks for a second factor itself, so that the site needn't.
        "second_factor": env.bool("OIDC_SECOND_FACTOR", default=False),
    }


# allauth's own settings: they leave no door of its own open.
ALLAUTH: dict[str, Any] = {
    "ACCOUNT_ADAPTER": "home.staff_login.adapters.StaffAccountAdapter",
    "ACCOUNT_EMAIL_VERIFICATION": "none",
    # Only whoever has no factor shows the password again (see the adapter).
    "ACCOUNT_REAUTHENTICATION_METHODS": ["password", "mfa"],
    # Ours count in a table, these in a cache, which forgets.
    "ACCOUNT_RATE_LIMITS": False,
    "MFA_RATE_LIMITS": False,
    "SOCIALACCOUNT_ADAPTER": "home.staff_login.single_sign_on.StaffSocialAdapter",
    "SOCIALACCOUNT_AUTO_SIGNUP": False,
    "SOCIALACCOUNT_EMAIL_AUTHENTICATION": False,
    "SOCIALACCOUNT_STORE_TOKENS": False,
    "MFA_ADAPTER": "home.staff_login.adapters.StaffFactorAdapter",
    # Addresses of staff are the administrators' to verify; allauth keeps none.
    "MFA_ALLOW_UNVERIFIED_EMAIL": True,
    "MFA_SUPPORTED_TYPES": ["totp", "recovery_codes", "webauthn"],
    "MFA_PASSKEY_LOGIN_ENABLED": True,
    "MFA_RECOVERY_CODES_SHOW_ONCE": True,
    # A telephone's clock may be half a minute off.
    "MFA_TOTP_TOLERANCE": 1,
    "MFA_FORMS": {
        "authenticate": f"{FORMS}.FactorCodeForm",
        "reauthenticate": f"{FORMS}.FactorCodeAgainForm",
        "activate_totp": f"{FORMS}.AppForm",
        "add_webauthn": f"{FORMS}.PasskeyForm",
        "authenticate_webauthn": f"{FORMS}.PasskeyAfterPasswordForm",
        "reauthenticate_webauthn": f"{FORMS}.PasskeyAgainForm",
        "login_webauthn": f"{FORMS}.PasskeyAloneForm",
    },
}
