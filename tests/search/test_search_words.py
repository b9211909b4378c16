"""Indonesian for the search: which words meet, how chats are spelled, what one line means."""

from __future__ import annotations

import json

import pytest

from bench import stems
from pengaduan_app.contrib.search.indonesian import analyse, is_stop_word, normalise, stem
from pengaduan_app.contrib.search.query import Names, cleaned, parse
from pengaduan_app.contrib.search.synonym_lines import LONGEST_LINE, names_of
from pengaduan_app.contrib.search.vocabulary import distance, errors_in, keys_of
from search.setup import DATA


def roots(text: str) -> list[str]:
    return [term.stem for term in analyse(text)]


@pytest.mark.parametrize("part", ["tuned", "aside"])
def test_our_stemmer_is_right_more_often_than_either_of_the_two(part):
    mistakes = {name: len(stems.wrong(stemmer, part)) for name, stemmer in stems.stemmers().items()}
    assert mistakes["ours"] <= 2
    assert mistakes["ours"] * 4 < min(mistakes["Snowball"], mistakes["Sastrawi"])


def test_the_judged_pairs_are_enough_and_of_both_kinds():
    every = list(stems.pairs())
    assert len(every) >= 150
    assert sum(not meet for _part, meet, *_words in every) >= 40


@pytest.mark.parametrize(
    ("words", "root"),
    [
        ("kerusakan merusak dirusak rusaknya", "rusak"),
        ("keterlambatan terlambat", "lambat"),
        ("pengiriman mengirim dikirim kiriman", "kirim"),
        ("membersihkan dibersihkan kebersihan bersihin", "bersih"),
        ("ngurus mengurus pengurusan diurus", "urus"),
        ("nunggu menunggu ditunggu", "tunggu"),
        ("ktp", "ktp"),
        ("pju", "pju"),
        ("meri", "meri"),
        ("surodinawan", "surodinawan"),
        ("jalan jalanan jalannya", "jalan"),
        ("berjalan perjalanan perjalanannya pejalan", "berjalan"),
    ],
)
def test_forms_of_a_word_meet(words, root):
    assert {stem(word) for word in words.split()} == {root}


def test_who_walks_or_travels_is_not_on_the_road():
    """*jalan* is what citizens complain about; its verbs stand in every other answer."""
    apart = {stem(word) for word in ("jalan", "berjalan", "menjalankan")}
    assert len(apart) == 3


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("jln yg gk rata", "jalan yang tidak rata"),
        ("sdh blm", "sudah belum"),
        ("lampu-lampu", "lampu"),
        ("lubang2nya", "lubang"),
        ("jalan2", "jalan"),
        ("jalan-jalan jalan-jalannya", "jalan jalan"),
        ("berjalan-jalan", "berjalan"),
        ("sayur-sayuran", "sayur"),
        ("berkali-kali", "kali"),
        ("RT.03/RW07", "rt 3 rw 7"),
        ("e-KTP", "e ktp"),
        ("Jum'at Jum’at", "jumat jumat"),
        ("covid19", "covid 19"),
        ("wifi-nya", "wifi"),
        ("ＪＡＬＡＮ café", "jalan cafe"),
        ("٣ ² 💧 \u202e", "3 2"),
    ],
)
def test_what_is_typed_in_haste_is_read(typed, read):
    assert roots(typed) == read.split() or [term.word for term in analyse(typed)] == read.split()


def test_official_abbreviations_stay_as_they_are():
    assert roots("PJU KTP RSUD BPJS") == ["pju", "ktp", "rsud", "bpjs"]


def test_terms_say_where_their_letters_stand():
    text = "Lampu-lampu di Jln. Meri"
    assert [text[term.start : term.end] for term in analyse(text)] == [
        "Lampu-lampu",
        "di",
        "Jln",
        "Meri",
    ]


def test_endless_words_are_cut():
    assert all(len(root) <= 40 for root in roots("x" * 100_000 + " " + "a1" * 5000))


def test_stop_words_are_few_and_never_what_a_complaint_is_about():
    assert is_stop_word("yang") and is_stop_word("tidak")
    assert not any(map(is_stop_word, ["jalan", "lampu", "air", "mati", "kali", "rusak", "sekolah"]))
    assert normalise("ÀÉ") == "ae"


# Queries.


def phrases(text: str, names: Names | None = None) -> list:
    return [wanted.phrases for wanted in parse(cleaned(text), names or Names())]


def test_stop_words_are_left_out_unless_there_is_nothing_else():
    assert phrases("lampu yang tidak menyala") == [(("lampu",),), (("nyala",),)]
    assert phrases("yang tidak") == [(("yang",),), (("tidak",),)]


@pytest.mark.parametrize("text", ['"lampu yang padam"', "“lampu yang padam”", '"lampu yang padam'])
def test_what_is_quoted_is_one_phrase_word_for_word(text):
    assert phrases(text) == [(("lampu", "yang", "padam"),)]


def test_a_phrase_with_a_short_form_is_read_as_one():
    names = names_of("pju, penerangan jalan umum")
    same = {name: (name, *(other for other in names if other != name)) for name in names}
    assert phrases("penerangan jalan umum mati", Names(same)) == [
        (("terang", "jalan", "umum"), ("pju",)),
        (("mati",),),
    ]


def test_a_line_of_synonyms_is_read_with_its_stems_once():
    assert names_of("PJU, penerangan jalan, , pju,penerangan jalan") == [
        ("pju",),
        ("terang", "jalan"),
    ]


@pytest.fixture(scope="module")
def first_names() -> Names:
    """As public relations find them on a new site."""
    same: dict = {}
    for line in json.loads(DATA.read_text(encoding="utf-8")):
        for name in (names := names_of(line)):
            same.setdefault(name, {name: None}).update(dict.fromkeys(names))
    return Names({name: tuple(others) for name, others in same.items()})


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("jalan rusak", "Lubang besar di Jalan Raya Surodinawan bikin motor jatuh"),
        ("jln rusk", "Jalan berlubang di depan pasar"),
        ("kerusakan jalan", "Aspal rusak di Meri"),
        ("aspal rusak", "Ada lubang di jalan kampung"),
        ("jalan bolong", "Kerusakan jalan di Gang Melati"),
        ("lampu gang mati", "PJU padam sejak kemarin"),
        ("sampah menumpuk", "Sampah belum diangkut dari TPS"),
        ("got mampet", "Saluran air di belakang masjid buntu"),
        ("air masuk rumah", "Kampung kami kebanjiran"),
        ("ktp-el", "E-KTP belum jadi"),
        ("akte lahir", "Syarat akta kelahiran"),
        ("surat meninggal", "Mengurus akta kematian"),
        ("pindah alamat", "Surat pindah belum terbit"),
        ("kartu bpjs kesehatan", "Kartu JKN nonaktif"),
        ("antrean panjang", "Antre sejak jam enam"),
        ("air pdam mati", "Air ledeng mati dua hari"),
        ("air gk keluar", "PDAM mati di perumahan"),
        ("parkir liar", "Parkir dua lapis di sekitar pasar"),
        ("izin usaha", "Daftar NIB untuk warung gagal"),
        ("bansos", "Dulu dapat bantuan pangan"),
        ("jalan gelap", "Kurang penerangan di tepi sawah"),
        ("talud longsor", "Plengsengan ambles"),
    ],
)
def test_the_first_synonyms_bridge_what_is_typed_and_what_is_said(first_names, typed, said):
    text = f" {' '.join(roots(said))} "
    for wanted in parse(typed, first_names):
        assert any(f" {' '.join(phrase)} " in text for phrase in wanted.phrases), wanted.word


def test_no_line_of_the_first_synonyms_is_lost():
    """Each says something, and fits into its column."""
    lines = json.loads(DATA.read_text(encoding="utf-8"))
    assert len(set(lines)) == len(lines)
    assert all(len(names_of(line)) >= 2 and len(line) <= LONGEST_LINE for line in lines)


@pytest.mark.parametrize("text", ["", "   ", "\x00", '""', "!!! ???", "💧"])
def test_nothing_is_no_query(text):
    assert phrases(text) == []


# Typing errors.


@pytest.mark.parametrize(
    ("typed", "meant", "errors"),
    [
        ("jaln", "jalan", 1),
        ("jlaan", "jalan", 1),
        ("jalaan", "jalan", 1),
        ("jalam", "jalan", 1),
        ("imunsiasi", "imunisasi", 1),
        ("imunisai", "imunisasi", 1),
        ("selkan", "selokan", 1),
        ("pengaspaln", "pengaspalan", 1),
        ("prumahaan", "perumahan", 2),
        ("penerbitan", "penerbitan", 0),
        ("", "abc", 3),
    ],
)
def test_typing_errors_are_counted_and_found_again(typed, meant, errors):
    assert distance(typed, meant) == distance(meant, typed) == errors
    if 0 < errors <= errors_in(typed):
        assert keys_of(typed) & keys_of(meant)
