"""What citizens write on an ordinary day, on a site with few answers: what is offered beside
it, whose it is called, and where nothing is said."""

from __future__ import annotations

import pytest

from pengaduan_app.citizen import advice
from pengaduan_app.contrib.search import reference_cache
from pengaduan_app.contrib.search.advice import learning
from pengaduan_app.contrib.search.advice.advising import MOST_FOR, REASON
from pengaduan_app.contrib.search.advice.evidence import evidence_in
from pengaduan_app.contrib.search.models import AgencyWord, Answer
from pengaduan_app.contrib.search.query import parse
from search.setup import ensure_search
from tests.support.search_city import demo_city

pytestmark = pytest.mark.django_db

ROAD = "Jalan rusak parah di depan rumah saya di Kelurahan Meri, mohon segera diperbaiki."
CARD = "KTP saya hilang di pasar kemarin, bagaimana cara mengurus yang baru?"
WATER = "Air PDAM di rumah saya mati sudah tiga hari, tolong segera diperbaiki."
POTHOLE = "Lubang besar di Jalan Raya Surodinawan bikin motor jatuh"


@pytest.fixture(scope="module")
def stories(django_db_setup, django_db_blocker):
    with demo_city(django_db_blocker) as by_page:
        yield by_page


@pytest.fixture
def learned(db, stories):
    learning.learn()


def offered(subject: str, body: str) -> list[str]:
    return [answer.title for answer in advice.advise(subject, body, None, None).answers]


def suggested(subject: str, body: str) -> str | None:
    suggestion = advice.advise(subject, body, None, None).suggestion
    return suggestion and suggestion.agency.slug


# Similar answers.


@pytest.mark.parametrize(
    ("subject", "body", "title"),
    [
        ("Jalan rusak", ROAD, POTHOLE),
        (
            "Lampu jalan mati",
            "Lampu jalan di depan rumah saya mati sejak minggu lalu.",
            "Lima lampu jalan menuju lapangan Blooto padam",
        ),
        (
            "Got mampet",
            "Got di depan rumah mampet, kalau hujan airnya meluap ke jalan.",
            "Got mampet penuh sampah, air masuk teras rumah",
        ),
        (
            "Parkir liar",
            "Banyak mobil parkir liar di trotoar depan toko setiap malam.",
            "Parkir dua lapis di sekitar Pasar Tanjung, mobil tidak bisa lewat",
        ),
        (
            "Izin usaha",
            "Saya mau buka warung, bagaimana cara mengurus izin usaha?",
            "Daftar NIB untuk warung gagal terus di halaman terakhir",
        ),
    ],
)
def test_an_answer_about_the_same_is_offered(db, stories, subject, body, title):
    assert title in offered(subject, body)


@pytest.mark.parametrize(
    ("subject", "body", "word"),
    [
        ("Jalan rusak", ROAD, "lubang"),
        ("KTP hilang", CARD, "ktp"),
        (
            "Antrean puskesmas",
            "Antre di puskesmas lama sekali, dari pagi sampai siang.",
            "puskesmas",
        ),
        ("Bansos", "Ibu saya belum menerima bansos padahal tetangga sudah dapat.", "bantuan"),
    ],
)
def test_nothing_else_is_offered_with_it(db, stories, subject, body, word):
    """Not what has no more in common than a house, a market, a kelurahan or a tap."""
    titles = offered(subject, body)
    assert titles and all(word in title.lower() for title in titles)


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Air PDAM mati", WATER),
        ("Kucing hilang", "Kucing saya hilang sejak kemarin, warnanya putih."),
        ("Mohon bantuan", "Saya minta tolong, keadaan kami susah sekali pak."),
        ("Guru galak", "Guru di SD anak saya suka memukul murid."),
        ("Wifi mati", "Wifi gratis di taman tidak bisa dipakai."),
        ("PLN", "Listrik di rumah saya padam terus."),
        ("Di Jalan Gajah Mada", "Saya lewat Jalan Gajah Mada setiap hari kerja."),
        ("Akta kelahiran", "Anak saya baru lahir, apa syarat membuat akta kelahiran?"),
    ],
)
def test_where_no_answer_is_about_it_none_is_offered(db, stories, subject, body):
    assert offered(subject, body) == []


# Whose it is.


@pytest.mark.parametrize(
    ("subject", "body", "slug"),
    [
        ("Jalan rusak", ROAD, "dpuprperakim"),
        ("KTP hilang", CARD, "disdukcapil"),
        ("Tanya", CARD, "disdukcapil"),
        ("Air PDAM mati", WATER, "dpuprperakim"),
        ("PJU", "PJU di gang kami padam", "dishub"),
        ("Lampu jalan mati", "Lampu jalan di depan rumah saya mati, gelap sekali.", "dishub"),
        ("Sampah menumpuk", "Sampah di depan gang sudah seminggu tidak diangkut.", "dlh"),
        ("Antrean puskesmas", "Antre di puskesmas lama sekali, dari pagi sampai siang.", "dinkes"),
        ("BPJS", "BPJS saya tidak aktif, bagaimana cara mengaktifkannya lagi?", "dinkes"),
        ("KK", "Saya mau menambah anggota di KK, harus ke mana?", "disdukcapil"),
        ("Berisik", "Suara bising karaoke tiap malam sampai larut.", "satpolpp"),
        ("NIB", "Nomor induk berusaha saya tidak keluar-keluar.", "dpmptsp"),
        ("Wifi mati", "Wifi gratis di taman tidak bisa dipakai.", "diskominfo"),
    ],
)
def test_a_site_that_learned_from_few_knows_whose_it_is(learned, subject, body, slug):
    assert suggested(subject, body) == slug


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Kucing hilang", "Kucing saya hilang sejak kemarin, warnanya putih."),
        ("Mohon bantuan", "Saya minta tolong, keadaan kami susah sekali pak."),
        ("PLN", "Listrik di rumah saya padam terus."),
        ("Dompet hilang", "Dompet saya jatuh di jalan raya, isinya uang."),
        ("Rumah", "Rumah saya dekat pasar dan jalan besar."),
        ("Gaji", "Gaji saya belum dibayar perusahaan."),
        ("Terima kasih", "Terima kasih atas pelayanan yang baik selama ini."),
    ],
)
def test_what_is_nobodys_or_anybodys_gets_no_agency(learned, subject, body):
    assert suggested(subject, body) is None


def test_where_something_happened_says_less_than_what(learned):
    assert suggested("Di pasar", "KTP saya hilang di pasar, di depan kios.") != "diskopukmperindag"
    assert suggested("Kios pasar", "Atap kios pasar bocor.") == "diskopukmperindag"


def test_a_new_site_knows_remits_before_anything_was_answered(db, stories):
    AgencyWord.objects.all().delete()
    Answer.objects.all().delete()
    ensure_search()
    assert AgencyWord.objects.filter(stem="ktp").exists()


# The reason for an agency is what the complaint is about, and never how somebody got there.
EMPTY_WORDS = (
    "menuju", "tujuan", "melewati", "melintas", "melintasi", "berangkat", "pulang", "tiba",
    "menyeberang", "mampir", "mengantar", "menjemput", "berputar", "mengelilingi", "berhenti",
    "berada", "terletak", "menghadap", "menyusuri", "mendekati", "menjauh", "kembali", "berbalik",
    "belok", "berjalan", "berlari", "naik", "turun", "melalui", "dilewati", "menembus", "melaju",
    "mengendarai", "ingin", "mencoba", "biasanya", "tetap", "terasa", "yang", "sudah", "kami",
)  # fmt: skip
TELLING_WORDS = (
    "lubang", "sampah", "parkir", "lalu lintas", "selokan", "kendaraan", "halte", "ktp", "obat",
    "aspal", "jembatan", "trotoar", "pohon", "banjir", "antrean",
)  # fmt: skip


def weights_of(word: str) -> list[float]:
    """What the word weighs in the subject line, where words weigh most."""
    text = f"{word} sekolah\n{word}"
    groups = parse(text, reference_cache.latest().names)
    return [e.weight for e in evidence_in(text, groups) if e.typed == word.split()[-1]]


@pytest.mark.parametrize("word", EMPTY_WORDS)
def test_a_word_without_a_subject_is_never_the_reason(db, word):
    # Even if it had only ever been seen in one agency's complaints.
    assert all(weight * MOST_FOR < REASON for weight in weights_of(word))


@pytest.mark.parametrize("word", TELLING_WORDS)
def test_a_word_with_a_subject_still_is(db, word):
    assert any(weight * MOST_FOR >= REASON for weight in weights_of(word))
