"""Every public page of a small city, as a visitor comes to see it."""

from __future__ import annotations

from django.test import Client, RequestFactory
from django.views.defaults import permission_denied, server_error

from home.setup import setup_site
from pengaduan_app.actions import Receipt
from pengaduan_app.contrib.search.advice import learning
from pengaduan_app.procedure.sop import State
from tests.support.factories import citizen_form, submit

# What an agency is suggested for, from the remits alone.
TELLING = {
    "subject": "Puskesmas kehabisan imunisasi",
    "body": "Antrean puskesmas lama, stok obat dan imunisasi habis, jentik di mana-mana.",
}
CONTENT = ("tentang", "prosedur", "privasi", "kontak")


def furnish(office) -> Receipt:
    """Give the city its content pages and one published answer; returns its receipt."""
    setup_site("localhost", 80)
    receipt = submit(office.agency)
    office.advance(receipt.complaint, State.PUBLISHED)
    learning.learn()
    return receipt


def path_of(complaint) -> str:
    """Where its published answer stands."""
    return complaint.page.get_url()


def addresses(office, answered: Receipt) -> dict[str, str]:
    """What can be opened by its address alone, by name."""
    return {
        "beranda": "/",
        **{slug: f"/{slug}/" for slug in CONTENT},
        "daftar": "/pengaduan/",
        "perangkat-daerah": f"/pengaduan/{office.agency.slug}/",
        "jawaban": path_of(answered.complaint),
        "cari": "/cari/?q=lampu",
        "cari-kosong": "/cari/?q=xyzzy",
        "lapor": "/lapor/",
        "lacak": "/lacak/",
        "statistik": "/statistik/",
        "404": "/tidak-ada/",
    }


def pages(office) -> dict[str, str]:
    """The HTML of every public page, by name; also what only a sent form shows."""
    browser = Client(raise_request_exception=False)
    receipt = furnish(office)
    found = {
        name: browser.get(address).content.decode()
        for name, address in addresses(office, receipt).items()
    }
    pair = {"ticket": receipt.complaint.ticket, "code": receipt.code}
    forms = {
        "lapor-salah": ("/lapor/", {}),
        "sebelum-dikirim": ("/lapor/", citizen_form(**TELLING, advise="1")),
        "tanda-terima": ("/lapor/", citizen_form()),
        "lacak-salah": ("/lacak/", {**pair, "code": "XXXX-XXXX"}),
        "terlacak": ("/lacak/", pair),
    }
    for name, (address, data) in forms.items():
        found[name] = browser.post(address, data, follow=True).content.decode()
    request = RequestFactory().get("/")
    found["403"] = permission_denied(request, PermissionError()).content.decode()
    found["500"] = server_error(request).content.decode()
    return found
