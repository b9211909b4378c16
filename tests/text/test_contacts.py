"""A telephone number and an e-mail address: what is taken, and what the message says is wrong."""

from __future__ import annotations

import pytest
from django.core import mail

from pengaduan_app.messaging import delivery
from pengaduan_app.models import OutboxMessage, Reporter
from pengaduan_app.procedure.sop import State
from pengaduan_app.text import PhoneFault, is_deliverable, phone_fault
from tests.support.factories import REPORTER, citizen_form, submit

GOOD_PHONES = [
    "081299990001",
    "+62 812-9999-0001",
    "0062 812 9999 0001",
    "62-812-9999-0001",
    "0812.9999.0001",
    "0812\u00a09999\u00a00001",
    "(+62) 812 9999 0001",
    "(0321) 588 4908",
    "0321-5884908",
    "WA 0812-9999-0001 (istri)",
    "812 9999 0001",
    "+1 202 555 0143",
    "０８１２９９９９０００１",
    "0812 0812 0812",
    "0888-8888-8888",
]
BAD_PHONES = {
    PhoneFault.NO_DIGITS: ["tidak ada", "-", "nol delapan satu dua"],
    PhoneFault.SEVERAL: [
        "081299990001 / 081299990002",
        "0812-9999-0001, 0813-9999-0002",
        "081299990001 atau 0321-5884908",
        "081299990001 081299990002",
        "+6281299990001;+6281299990002",
        "0321-5884908 dan 0812 9999 0001",
        "0321588490/0321588491",
    ],
    PhoneFault.TOO_SHORT: ["12345", "0321-12", "0812345", "112"],
    PhoneFault.TOO_LONG: ["08129999000112345", "3576011234567890"],
    PhoneFault.NO_NUMBER: [
        "00000000",
        "0000 0000 0000",
        "11111111",
        "0062 0000 0001",
        "000812345678",
    ],
    PhoneFault.NO_BEGINNING: ["12345678", "5884908123"],
}
SAID = {
    PhoneFault.NO_DIGITS: "dengan angka",
    PhoneFault.SEVERAL: "satu nomor",
    PhoneFault.TOO_SHORT: "terlalu pendek",
    PhoneFault.TOO_LONG: "terlalu panjang",
    PhoneFault.NO_NUMBER: "tidak dapat dihubungi",
    PhoneFault.NO_BEGINNING: "Awali nomornya",
}


@pytest.mark.parametrize("phone", GOOD_PHONES)
def test_a_number_is_taken_however_it_is_written(phone):
    assert phone_fault(phone) is None


@pytest.mark.parametrize(
    ("fault", "phone"), [(fault, phone) for fault, phones in BAD_PHONES.items() for phone in phones]
)
def test_each_mistake_has_its_name(fault, phone):
    assert phone_fault(phone) == fault


@pytest.mark.parametrize("fault", BAD_PHONES)
def test_the_form_says_what_is_wrong(city, client, fault):
    response = client.post("/lapor/", citizen_form(phone=BAD_PHONES[fault][0]))
    [message] = response.context["form"].errors["phone"]
    assert SAID[fault] in message


@pytest.mark.parametrize("sign", ["\u202c", "\u200b", "\u200e", "\u2066", "\ufeff", "\u00ad"])
def test_signs_that_nobody_sees_are_taken_out_of_contacts(city, client, sign):
    form = citizen_form(email=f"nama{sign}@contoh.id{sign}", phone=f"{sign}0812{sign}-9999-0001")
    assert client.post("/lapor/", form).status_code == 302
    reporter = Reporter.objects.get()
    assert (reporter.email, reporter.phone) == ("nama@contoh.id", "0812-9999-0001")


@pytest.mark.parametrize(
    "address",
    ["nama+lapor@contoh.id", "nama@contöh.id", "NAMA@CONTOH.ID", "n@xn--conth-mua.id"],
)
def test_addresses_that_mail_reaches_are_taken(address, city, client):
    assert is_deliverable(address)
    assert client.post("/lapor/", citizen_form(email=address)).status_code == 302


@pytest.mark.parametrize(
    "address",
    [
        "nama@contoh\ue000.id",
        "nama@" + "ö" * 62 + ".id",
        "nama@contoh..id",
        "nama@\U000f0000.id",
        "näma@contoh.id",
        "nama@con\u3164toh .id",
    ],
)
def test_what_no_mail_reaches_is_refused_at_the_form(address, city, client):
    response = client.post("/lapor/", citizen_form(email=address))
    assert response.status_code == 400 and set(response.context["form"].errors) == {"email"}


@pytest.mark.parametrize("whose", ["reporter", "staff"])
def test_an_address_stored_before_the_rule_is_reached(office, whose):
    office.operator.email = "petugas@kota.example\u202c"
    office.operator.save()
    complaint = submit(office.agency).complaint
    reporter = complaint.reporter
    reporter.email = REPORTER.email + "\u202c"
    reporter.save()
    delivery.deliver_outbox()
    assert not OutboxMessage.objects.filter(sent_at=None).exists()
    reached = [address for message in mail.outbox for address in message.to]
    assert {"reporter": REPORTER.email, "staff": "petugas@kota.example"}[whose] in reached
    assert complaint.state == State.RECEIVED
