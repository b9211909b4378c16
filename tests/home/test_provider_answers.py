"""Which of a provider's answers are not believed."""

from __future__ import annotations

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from tests.support import provider as providers
from tests.support.factors import is_in
from tests.support.provider import come_back, go, sign_in, words_after

FORGED = {
    "another nonce": {"claims": {"nonce": "lain"}},
    "no nonce": {"claims": {"nonce": None}},
    "another issuer": {"claims": {"iss": "https://lain.example"}},
    "for another program": {"claims": {"aud": "program-lain"}},
    "for several programs": {"claims": {"aud": [providers.CLIENT, "program-lain"]}},
    "of last week": {"claims": {"exp": 1, "iat": 0}},
    "without an end": {"claims": {"exp": None}},
    "without a subject": {"claims": {"sub": None}},
    "with an empty subject": {"claims": {"sub": ""}},
    "signed by a stranger": {"forged": providers.by_a_strangers_key},
    "signed by nobody": {"forged": providers.by_nobody},
    "signed with the shared secret": {"forged": providers.by_the_shared_secret},
    "signed with an unknown key": {"forged": providers.by_an_unknown_key},
    "no token at all": {"forged": lambda claims: "bukan.token.sama sekali"},
    "no ID token": {"no_id_token": True},
    "of two people": {
        "only_in_userinfo": ("email", "email_verified"),
        "userinfo": {"sub": "s-lain"},
    },
    "refused there": {"back": {"error": "access_denied"}},
    "broken there": {"back": {"error": "server_error"}},
    "with another state": {"back": {"state": "lain"}},
    "with a code of nobody's": {"back": {"code": "lain"}},
}


@pytest.mark.parametrize("faults", FORGED.values(), ids=FORGED)
def test_an_answer_that_is_wrong_lets_nobody_in(client, provider, faults):
    provider.faults = faults
    words = words_after(client, sign_in(client))
    assert "tidak berhasil" in words or "tidak jadi masuk" in words
    assert not SocialAccount.objects.exists()


def test_an_answer_is_good_for_one_browser_and_one_time(client, provider):
    address = go(client)
    thief = Client()
    assert come_back(thief, address).url == "/admin/login/"
    assert not is_in(thief)
    come_back(client, address)
    assert is_in(client)
    later = Client()
    later.cookies = client.cookies
    later.post("/admin/logout/")
    assert come_back(later, address).url == "/admin/login/"
    assert not is_in(later)
