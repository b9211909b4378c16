"""The picture of a staff account, which everybody may upload, is opened like the library's."""

from __future__ import annotations

import io

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from PIL import Image as Pillow
from wagtail.users.models import UserProfile

from tests.desk.test_library import BAD_PICTURES, GOOD_PICTURES, file


@pytest.fixture
def editor(city, client):
    client.force_login(get_user_model().objects.create_superuser("redaktur", password="x"))
    return client


def avatar(client, content, name):
    """The account page, where everybody has a picture."""
    data = {"avatar-avatar": file(content, name), "name_email-first_name": "Redaktur"}
    data |= {"name_email-last_name": "Rekaan", "theme-theme": "system", "theme-contrast": "system"}
    data |= {"theme-density": "default", "locale-current_time_zone": "Asia/Jakarta"}
    return client.post(reverse("wagtailadmin_account"), data)


# The account page takes 1 MB, as every form but the libraries' and the citizens'.
SMALL_PICTURES = sorted(GOOD_PICTURES.keys() - {"of two hundred megapixels"})


@pytest.mark.parametrize("case", SMALL_PICTURES)
def test_a_good_picture_of_an_account_is_made_anew(editor, case):
    content = GOOD_PICTURES[case]()
    assert avatar(editor, content, "saya.jpg").status_code == 302
    stored = UserProfile.objects.get().avatar.read()
    with Pillow.open(io.BytesIO(stored)) as made:
        assert max(made.size) <= 400
        assert not made.getexif()
    assert editor.get(reverse("wagtailadmin_account")).status_code == 200


@pytest.mark.parametrize("case", BAD_PICTURES)
def test_a_bad_picture_of_an_account_is_never_opened_here(editor, case, monkeypatch):
    content = BAD_PICTURES[case]()

    def fail(*args, **kwargs):
        raise AssertionError("opened in the web worker")

    monkeypatch.setattr("PIL.Image.open", fail)
    assert avatar(editor, content, "saya.jpg").status_code == 200
    assert not UserProfile.objects.exclude(avatar="").exists()
