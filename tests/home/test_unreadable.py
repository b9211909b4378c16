"""What Wagtail's own views stumble over is said in a sentence; a fault of ours stays one."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.admin.views.home import HomeView
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from pengaduan_app.desk.library import GuardedImageForm
from tests.support.crowd import superuser

SENTENCE = "tidak dapat dibaca"


@pytest.fixture
def admin(client, city):
    client.force_login(superuser())
    return client


@pytest.mark.parametrize("body", [b"[1]", b"1", b"\xff\xfe\x00", b"[" * 5000])
def test_json_of_another_kind_is_refused_with_a_sentence(admin, body):
    address = reverse("wagtailadmin_dismissibles")
    answer = admin.patch(address, body, content_type="application/json")
    assert answer.status_code == 400
    assert SENTENCE in answer.content.decode()


def test_a_form_without_what_it_rests_on_is_too(admin):
    answer = admin.post(reverse("wagtailredirects:process_import"))
    assert answer.status_code == 400
    assert SENTENCE in answer.content.decode()


def test_a_way_back_that_leads_nowhere_is_too(admin):
    picture = get_image_model().objects.create(title="Gambar", file=get_test_image_file())
    form = {"title": "Gambar", "next": "entah-ke-mana"}
    answer = admin.post(reverse("wagtailimages:edit", args=[picture.pk]), form)
    assert answer.status_code == 400


def test_a_script_of_wagtails_gets_json(admin):
    answer = admin.patch(
        reverse("wagtailadmin_dismissibles"),
        b"[1]",
        content_type="application/json",
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert answer.status_code == 400
    assert SENTENCE in answer.json()["message"]


def test_it_stands_in_the_log_with_its_cause(admin, caplog):
    admin.post(reverse("wagtailredirects:process_import"))
    [record] = [record for record in caplog.records if record.name == "config.unreadable"]
    assert record.exc_info[0] is KeyError


def broken(*args, **kwargs):
    raise KeyError("ours")


def test_our_own_fault_in_a_view_of_wagtails_stays_one(admin, monkeypatch):
    class Broken:
        def __get__(self, form, kind):
            return eval("lambda: {}['ours']", {"__name__": "pengaduan_app.desk.library"})

    monkeypatch.setattr(GuardedImageForm, "clean", Broken())
    with pytest.raises(KeyError):
        admin.post("/admin/images/add/", {"title": "x"})


def test_a_fault_that_nothing_was_sent_to_cause_stays_one(admin, monkeypatch):
    monkeypatch.setattr(HomeView, "get_context_data", broken)
    with pytest.raises(KeyError):
        admin.get("/admin/")


def test_a_fault_of_another_kind_stays_one(admin, monkeypatch):
    def fail(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(HomeView, "get_context_data", fail)
    with pytest.raises(ZeroDivisionError):
        admin.get("/admin/?q=x")
