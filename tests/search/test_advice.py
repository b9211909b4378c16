"""Which agency is suggested, with which reason, from what it was learned, and what isn't kept."""

from __future__ import annotations

import logging

import pytest
from django.core.management import call_command
from django_q.models import Schedule

from pengaduan_app.citizen import advice
from pengaduan_app.contrib.search import tasks
from pengaduan_app.contrib.search.advice import advising, learning
from pengaduan_app.contrib.search.models import AgencyWord
from pengaduan_app.models import Complaint
from pengaduan_app.privacy.redaction import MASK
from pengaduan_app.procedure.sop import ANSWERED_STATES, Privacy, State
from search.setup import ensure_search
from tests.support.ended import ended, small_city
from tests.support.factories import AgencyFactory, CategoryFactory
from tests.support.process import Office

NAME = "Zubaidah Qwertana Xylofia"


@pytest.fixture
def agencies(city):
    return small_city()


def suggested(text: str, category=None) -> str | None:
    found = advising.suggest_agency(text, category)
    return found and found.agency.slug


def stored() -> set[str]:
    return set(AgencyWord.objects.values_list("stem", flat=True))


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Lampu penerangan padam, parkir semrawut", "perhubungan"),
        ("lampunya pada padam, parkiran motor semrawut", "perhubungan"),
        ("Tumpukan sampah dan bau, pohon hampir tumbang", "lingkungan"),
        ("antrian puskesmas lama, obatnya habis, dokter tidak ada", "kesehatan"),
        # Unsure: of none of them, of two at once, or of what stands in every text.
        ("Kucing saya hilang", None),
        ("menutup gang", None),
        ("Mohon segera dibantu, terima kasih", None),
        ("lampu penerangan padam, sampah bau", None),
        ("", None),
    ],
)
def test_a_text_goes_to_whom_such_texts_went_or_to_nobody(agencies, text, slug):
    assert suggested(text) == slug


def test_a_misrouted_complaint_teaches_where_it_ended(agencies, city):
    """Citizens send it to the wrong one each time; the right one answers."""
    wrong, right = Office(agencies["lingkungan"]), Office(AgencyFactory(slug="pekerjaan-umum"))
    words = "Gorong-gorong buntu dan selokan meluap setelah hujan"
    for _number in range(learning.FEWEST):
        complaint = wrong.complaint(to=State.ROUTING, subject="Selokan buntu", body=words)
        right.advance(complaint, to=State.PUBLISHED)
    learning.learn()
    assert suggested("selokan depan rumah buntu, gorong-gorong meluap") == "pekerjaan-umum"
    assert not AgencyWord.objects.filter(agency=wrong.agency, stem="selokan").exists()


@pytest.mark.parametrize(
    "fields",
    [
        *({"state": state} for state in sorted(set(State) - ANSWERED_STATES)),
        {"privacy": Privacy.CONFIDENTIAL},
    ],
    ids=str,
)
def test_what_was_not_answered_in_the_open_teaches_nothing(city, fields):
    ended(AgencyFactory(), "Jembatan gantung berkarat", **fields)
    assert learning.learn() == 0
    assert "jembatan" not in stored()


def test_the_category_helps_and_never_decides_alone(agencies):
    category = CategoryFactory()
    ended(agencies["kesehatan"], "Pelayanan kurang baik", times=6, category=category)
    learning.learn()
    assert suggested("Kucing saya hilang", category) is None
    text = "dokter tidak datang, antrean lama"
    alone = advising.suggest_agency(text, None)
    assert advising.suggest_agency(text, category).confidence > alone.confidence


def test_an_agency_that_takes_no_complaints_is_not_suggested(agencies):
    text = "Lampu penerangan padam, parkir semrawut"
    agencies["perhubungan"].active = False
    agencies["perhubungan"].save()
    assert suggested(text) != "perhubungan"
    learning.learn()
    assert not AgencyWord.objects.filter(agency=agencies["perhubungan"]).exists()


def test_the_reason_is_made_of_the_citizens_own_words(agencies):
    text = "LAMPUNYA padam lagi, parkiran semrawut"
    found = advising.suggest_agency(text, None)
    assert 1 <= len(found.words) <= 2
    assert set(found.words) <= {"lampunya", "padam", "parkiran", "semrawut"}
    assert all(f"“{word}”" in found.reason for word in found.words)
    assert found.reason.startswith("Laporan dengan kata “")
    assert found.reason.endswith(f"” biasanya ditangani {agencies['perhubungan'].name}.")


def test_learning_twice_changes_nothing(agencies):
    before = set(AgencyWord.objects.values_list("stem", "agency", "weight", "complaints"))
    assert tasks.learn() == 9
    assert before == set(AgencyWord.objects.values_list("stem", "agency", "weight", "complaints"))


def test_it_is_learned_each_hour_and_when_the_search_is_rebuilt(city):
    ensure_search()
    schedule = Schedule.objects.get(func="pengaduan_app.contrib.search.tasks.learn")
    assert schedule.schedule_type == Schedule.HOURLY
    AgencyFactory(remit="Merawat jembatan.")
    call_command("rebuild_search", verbosity=0)
    assert "jembatan" in stored()


# What is not kept.


def test_no_word_of_a_person_a_number_or_a_rare_word_is_kept(agencies):
    body = f"Saya {NAME}, 0877-1234-9876, zubaidahqx@kotaksurat.example, RT 07, jembatan retak."
    ended(agencies["lingkungan"], body, name=NAME)
    # Neighbours who name her, which no single complaint's reporter gives away.
    ended(agencies["kesehatan"], "Bu Zubaidah jatuh dari jembatan", name="Tetangga")
    ended(agencies["kesehatan"], "Cerobong hitam", times=learning.FEWEST - 1)
    learning.learn()
    kept = stored()
    for trace in ("zubaidah", "qwertan", "xylof", "kotaksurat", "877", "9876", "07", "cerobong"):
        assert [stem for stem in kept if trace in stem] == []
    assert "jembatan" in kept


def test_nobody_can_hide_an_agencys_own_words_behind_a_name(agencies):
    ended(agencies["kesehatan"], "Petugas ramah", name="Lampu Sampah Puskesmas")
    learning.learn()
    assert {"lampu", "sampah", "puskesmas"} <= stored()


def test_no_text_stands_in_the_table(agencies):
    """Its columns hold one stem and numbers: no row is a sentence."""
    fields = {field.name for field in AgencyWord._meta.get_fields()}
    assert fields == {"id", "stem", "agency", "weight", "complaints"}
    assert not [stem for stem in stored() if " " in stem]


# Whatever is typed.


@pytest.mark.parametrize(
    "text",
    [
        "\x00" * 40,
        "'; DROP TABLE pengaduan_search_agencyword; --",
        "😀" * 200,
        "lampu " * 900,
        " ".join(f"kata{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}" for n in range(2000)),
        "a" * 5200,
        "\u202eiraH malam",
        '"""((( OR NOT NEAR* ^',
        MASK * 50,
    ],
)
def test_odd_input_ends_without_harm_in_few_queries(agencies, text, django_assert_max_num_queries):
    # What each process remembers of synonyms and names is read once.
    advice.advise("Lampu padam", "di depan balai kelurahan", None, None)
    with django_assert_max_num_queries(6):
        assert advice.advise(text, text, None, None) is not None


def test_a_broken_search_keeps_nobody_from_complaining(city, monkeypatch, caplog):
    def broken(text, *rest):
        raise ValueError(text)

    monkeypatch.setattr(advice.hooks, "get_hooks", lambda name: [broken])
    assert not advice.advise("Lampu padam", "di depan balai kelurahan", None, None)
    assert "ValueError" in caplog.text
    assert "balai" not in caplog.text


def test_without_a_search_there_is_no_advice(agencies, monkeypatch):
    monkeypatch.setattr(advice.hooks, "get_hooks", lambda name: [])
    assert not advice.advise("Lampu padam", "Lampu penerangan padam", None, None)


def test_what_is_typed_is_neither_logged_nor_stored(agencies, caplog):
    caplog.set_level(logging.DEBUG)
    before = stored()
    text = f"Lampu penerangan padam, parkir semrawut, {NAME}"
    assert advice.advise("", text, None, None)
    assert "ubaidah" not in caplog.text.lower()
    assert stored() == before
    assert Complaint.objects.count() == 9
