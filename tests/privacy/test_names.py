"""Names that are words or places: what is taken out, what is only marked, who judges."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pengaduan_app.privacy.redaction import (
    MASK,
    Found,
    find_personal_data,
    mask_personal_data,
    possible_names,
)

KNOWN = frozenset({"meri", "kedundung", "prajurit", "kulon", "prajurit kulon", "dinas", "satpol"})

# name, text, what the public draft says, what an editor is asked about.
CASES = [
    # A place, a usual word, a pronoun: they stay, and are marked.
    ("Meri", "Jalan di Kelurahan Meri rusak", "Jalan di Kelurahan Meri rusak", ["Meri"]),
    ("Indah", "Taman dulu indah, kini mati", "Taman dulu indah, kini mati", ["indah"]),
    ("Saya", "Saya melihat, saya mohon", "Saya melihat, saya mohon", ["Saya"]),
    ("Prajurit Kulon", "di Prajurit Kulon", "di Prajurit Kulon", ["Prajurit Kulon"]),
    ("Bunga", "bunga-bunga di taman", "bunga-bunga di taman", ["bunga"]),
    ("Satpol", "Satpol sudah datang", "Satpol sudah datang", ["Satpol"]),
    ("Saya Sendiri", "saya sendiri lihat", "saya sendiri lihat", ["saya sendiri"]),
    ("Ibu Meri", "warga Meri", "warga Meri", ["Meri"]),
    ("A", "Blok A nomor 3", "Blok A nomor 3", []),
    ("M. Indah", "Blok M itu indah", "Blok M itu indah", ["indah"]),
    ("Bunga Harapan", "harapan kami, bunga", "harapan kami, bunga", ["harapan", "bunga"]),
    ("RT 3", "lampu di RT 3 padam", "lampu di RT 3 padam", ["RT 3"]),
    ("Mawar RW 2", "warga RW 2", "warga RW 2", ["RW 2"]),
    ("Ibu Rumah Tangga", "sampah rumah tangga", "sampah rumah tangga", []),
    ("Hamba Allah", "kami hamba Allah", "kami hamba Allah", []),
    ("Pengguna Jalan", "para pengguna jalan", "para pengguna jalan", []),
    # Spoken of as a person, it is the person.
    ("Meri", "Hubungi Bu Meri di Kelurahan Meri", f"Hubungi {MASK} di Kelurahan Meri", ["Meri"]),
    ("Indah", "nama saya indah, tamannya indah", f"{MASK}, tamannya indah", ["indah"]),
    ("Saya", "ibu saya jatuh", "ibu saya jatuh", ["saya"]),
    ("Meri", "Ibu-ibu Meri senam di jalan", "Ibu-ibu Meri senam di jalan", ["Meri"]),
    # The whole name goes, in either order; so does a part that is nothing else.
    ("Indah Lestari", "Saya Indah Lestari", f"Saya {MASK}", []),
    ("Indah Lestari", "saya lestari indah", f"saya {MASK}", []),
    ("Indah Lestari", "taman indah dan lestari", "taman indah dan lestari", ["indah", "lestari"]),
    ("Indah Lestari", "indah, lestari", "indah, lestari", ["indah, lestari"]),
    ("Indah Lestari", "Lestari, Indah", MASK, []),
    ("Meri Suharmisal", "suharmisal di Meri", f"{MASK} di Meri", ["Meri"]),
    ("Joko Suharmisal", "Suharmisal, Joko", MASK, []),
    ("Hj. Meri Suharmisal, S.Pd.", "an. Meri Suharmisal", MASK, []),
    ("Bapak Suharmisal", "bapak ketua RT", "bapak ketua RT", []),
    ("Ma'ruf Suharmisal", "Ma’ruf dan maruf", f"{MASK} dan {MASK}", []),
    ("Indah Permata Sari", "oleh Sari Indah", f"oleh {MASK}", []),
    ("Indah Permata Sari", "permata indah", "permata indah", ["permata indah"]),
    # What is called after somebody.
    ("Sudirman", "Jalan Jenderal Sudirman gelap", "Jalan Jenderal Sudirman gelap", ["Sudirman"]),
    ("Suharmisal", "tiga kali Suharmisal datang", f"tiga kali {MASK} datang", []),
    ("Suharmisal", "di pasar Suharmisal jatuh", f"di pasar {MASK} jatuh", []),
    ("Ahmad Yani", "di Jl. Ahmad Yani 3", "di Jl. Ahmad Yani 3", ["Ahmad Yani"]),
    ("Sudirman", "Sudirman di Jl. Sudirman", f"{MASK} di Jl. Sudirman", ["Sudirman"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "draft", "asked"), CASES)
def test_what_is_taken_out_and_what_is_asked(name, text, draft, asked):
    assert mask_personal_data(text, name, KNOWN) == draft
    assert {word.casefold() for word in possible_names(text, name, KNOWN)} == {
        word.casefold() for word in asked
    }
    stops = [finding.kind for finding in find_personal_data(text, name, known=KNOWN)]
    assert stops == ([Found.NAME] if MASK in draft else [])


@pytest.mark.parametrize(
    "text",
    [
        "nama at contoh dot id",
        "tulis ke nama.warga at contoh dot co dot id ya",
        "nama[at]contoh[titik]id",
        "nama (at) contoh (dot) id",
        "nama@contoh(titik)id",
        "nama @ contoh titik com",
        "nama {at} contoh {dot} com",
        "nama AT contoh.com",
        "nama＠contoh．id",
        "nama@contoh dot\u200b id",
    ],
)
def test_an_address_is_found_however_it_is_spelled_out(text):
    assert Found.EMAIL in {finding.kind for finding in find_personal_data(text)}
    assert "contoh" not in mask_personal_data(text)


@pytest.mark.parametrize(
    "text",
    ["kumpul @ balai titik dua", "di titik lampu id 3", "lampu mati at malam", "5 titik com"],
)
def test_these_words_alone_are_no_address(text):
    assert find_personal_data(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "0812*9999*0001",
        "0812~9999~0001",
        "0812:9999:0001",
        "0812 + 9999 + 0001",
        "0.8.1.2.9.9.9.9.0.0.0.1",
        "0️⃣8️⃣1️⃣2️⃣9️⃣9️⃣9️⃣9️⃣0️⃣0️⃣0️⃣1️⃣",
        "0812♥9999♥0001",
        "0812#9999=0001",
        "０８１２…９９９９…０００１",
        "08\u20621299\u2063990001",
    ],
)
def test_a_number_is_found_whatever_signs_split_it(text):
    assert Found.PHONE in {finding.kind for finding in find_personal_data(text)}
    assert not any(sign.isdigit() for sign in mask_personal_data(f"WA {text}."))


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60), st.text("abcdefgh 'XYZ-.,", max_size=30))
def test_whatever_the_name_the_rest_of_a_text_stays_as_it_was(text, name):
    at = 0
    for piece in mask_personal_data(text, name).split(MASK):
        at = text.index(piece, at) + len(piece)
    assert len(possible_names(text, name)) <= len(text)


NAMED = st.sampled_from(["Zubaidi", "Indah", "Meri", "Sukmawira", "Budi", "O'Neil", "Xi", "Nur"])


@settings(max_examples=60, deadline=None)
@given(st.lists(NAMED, min_size=2, max_size=4, unique=True), st.randoms(use_true_random=False))
def test_a_full_name_is_taken_out_in_any_order(parts, random):
    name = " ".join(parts)
    random.shuffle(parts)
    text = f"Lampu padam, lapor {' '.join(parts)}."
    assert mask_personal_data(text, name, KNOWN) == f"Lampu padam, lapor {MASK}."
