"""A body larger than its address takes is refused before a byte of it is read."""

from __future__ import annotations

import pytest
from config.body_limits import MB, USUAL, limit_of
from django.conf import settings

from pengaduan_app.models import Complaint
from tests.support.factories import citizen_form


class Unreadable:
    """A body that says how long it is, and that nobody may touch."""

    def __init__(self, size: int):
        self.size, self.touched = size, False

    def read(self, *args):
        self.touched = True
        return b""

    readline = read


def post(client, path: str, size: int):
    body = Unreadable(size)
    response = client.generic(
        "POST",
        path,
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(size),
        **{"wsgi.input": body},
    )
    return response, body


@pytest.mark.parametrize(
    "path",
    [
        "/lapor/",
        "/lacak/tambah/",
        "/admin/login/",
        "/admin/pages/1/edit/",
        "/admin/images/add/",
        "/admin/documents/multiple/add/",
        "/api/v2/complaints/",
        "/cari/",
        "/tidak/ada/",
    ],
)
def test_too_much_is_refused_unread_and_said(db, client, path):
    response, body = post(client, path, limit_of(path) + 1)
    assert response.status_code == 413
    assert not body.touched
    if path.startswith("/api/"):
        assert "larger than" in response.json()["message"]
    else:
        assert f"lebih besar dari {limit_of(path) // MB} MB" in response.content.decode()


@pytest.mark.parametrize("stated", ["", "x", "-1", "1e9", "٣"])
def test_an_odd_length_breaks_nothing(city, client, stated):
    response = client.post("/lapor/", citizen_form(), CONTENT_LENGTH=stated)
    assert response.status_code < 500


def test_a_usual_form_comes_through(city, client):
    assert client.post("/lapor/", citizen_form()).status_code == 302
    assert Complaint.objects.count() == 1


def test_the_limits_leave_room_for_what_the_forms_take():
    assert limit_of("/lapor/") > 5 * 10 * MB
    assert limit_of("/admin/documents/add/") > settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
    assert limit_of("/admin/images/multiple/add/") > 10 * MB
    assert USUAL >= settings.DATA_UPLOAD_MAX_MEMORY_SIZE
