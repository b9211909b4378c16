"""Plausible questions and answers of a city, made from `data/topics.txt`; always the same.

Whether an answer is right for a search is decided by the topic that its question was made from,
and by the kelurahan if the search names one: never by the words, and never by our own stemmer.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

TOPICS = Path(__file__).parent / "data/topics.txt"
SEED = 1293  # the year Majapahit was founded
FIRST_DAY = datetime(2023, 1, 2, 3, tzinfo=UTC)
DAYS = 1200
VILLAGES = [
    "Blooto",
    "Kauman",
    "Mentikan",
    "Pulorejo",
    "Surodinawan",
    "Balongsari",
    "Gedongan",
    "Kedundung",
    "Magersari",
    "Wates",
    "Jagalan",
    "Kranggan",
    "Meri",
    "Miji",
    "Purwotengah",
    "Sentanan",
]
STREETS = [
    "Jalan Pahlawan",
    "Jalan Gajah Mada",
    "Jalan Majapahit",
    "Jalan Raden Wijaya",
    "Jalan Bhayangkara",
    "Jalan Empunala",
    "Jalan Benteng Pancasila",
    "Jalan Surodinawan",
    "Jalan Tropodo",
    "Gang Melati",
    "Gang Flamboyan",
    "Jalan Semeru",
    "Jalan Kartini",
    "Jalan Hayam Wuruk",
]
HOW_LONG = ("tiga hari", "seminggu", "dua minggu", "sebulan", "dua bulan", "sejak kemarin")
OPENINGS = (
    "Selamat pagi, saya warga {v}.",
    "Assalamualaikum, mohon bantuannya.",
    "Yang terhormat bapak dan ibu di dinas.",
    "Saya tinggal di {v} RT 3 RW 2.",
    "Lokasinya dekat sekolah di {v}.",
    "Saya lewat {j} setiap hari kerja.",
    "",
)
CLOSINGS = (
    "Mohon segera ditindaklanjuti.",
    "Terima kasih atas perhatiannya.",
    "Kapan bisa diselesaikan?",
    "Ke mana kami harus melapor lagi?",
    "Semoga ada perbaikan pelayanan.",
    "Anak-anak sekolah lewat situ tiap pagi.",
    "",
)
REPLIES = (
    "Terima kasih atas laporan Bapak/Ibu.",
    "Laporan Anda sudah kami terima dan periksa di lapangan.",
    "Mohon maaf atas ketidaknyamanan ini.",
)
LAST_WORDS = (
    "Bila masih ada kendala, silakan hubungi kantor kami pada jam kerja.",
    "Kami mohon kesabaran warga selama pekerjaan berlangsung.",
    "Petugas kami di {v} siap membantu.",
)
# The spelling of people in a hurry, which public relations don't always correct.
HURRIED = {
    "tidak": "gk",
    "yang": "yg",
    "sudah": "sdh",
    "belum": "blm",
    "jalan": "jln",
    "karena": "krn",
    "dengan": "dgn",
}
HURRIED_SHARE = 0.15


@dataclass
class Topic:
    key: str
    agency: str
    category: str
    parts: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """One published question with its answer."""

    topic: str
    agency: str
    category: str
    village: str
    title: str
    question: str
    answer: str
    answered_at: datetime


@dataclass(frozen=True)
class Search:
    """What somebody types, and what makes an answer right; nothing is tuned for those `aside`."""

    text: str
    topic: str
    village: str = ""
    aside: bool = False

    def is_right(self, case: Case) -> bool:
        return case.topic == self.topic and self.village in ("", case.village)


def topics() -> list[Topic]:
    """The topics of TOPICS, each with its titles, sentences, answers and searches."""
    found: list[Topic] = []
    for line in TOPICS.read_text(encoding="utf-8").splitlines():
        if line.startswith("="):
            found.append(Topic(*line[1:].split()))
        elif line and not line.startswith("#"):
            name, _colon, texts = line.partition(":")
            found[-1].parts[name] = [text.strip() for text in texts.split(" / ")]
    return found


def cases(number: int, every: list[Topic] | None = None) -> list[Case]:
    """That many cases, of each topic in turn, sorted by when they were answered."""
    chance = random.Random(SEED)
    every = every or topics()
    made = [case_of(every[count % len(every)], chance) for count in range(number)]
    return sorted(made, key=lambda case: case.answered_at)


def case_of(topic: Topic, chance: random.Random) -> Case:
    """A random case of a topic."""
    slots = {
        "v": chance.choice(VILLAGES),
        "j": chance.choice(STREETS),
        "h": chance.choice(HOW_LONG),
    }
    parts = topic.parts
    question = [
        chance.choice(OPENINGS),
        *chance.sample(parts["Q"], min(2, len(parts["Q"]))),
        chance.choice(CLOSINGS),
    ]
    answer = [chance.choice(REPLIES), *chance.sample(parts["A"], 2), chance.choice(LAST_WORDS)]
    text = " ".join(part for part in question if part).format(**slots)
    if chance.random() < HURRIED_SHARE:
        text = re.sub(r"\w+", lambda word: HURRIED.get(word.group(), word.group()), text)
    return Case(
        topic.key,
        topic.agency,
        topic.category,
        slots["v"],
        chance.choice(parts["T"]).format(**slots),
        text,
        "".join(f"<p>{part.format(**slots)}</p>" for part in answer),
        FIRST_DAY + timedelta(days=chance.random() * DAYS),
    )


def searches() -> list[Search]:
    """Every search of every topic, each third set aside, and some that name a place."""
    found = []
    for number, topic in enumerate(topics()):
        texts = topic.parts["?"]
        found += [Search(text, topic.key, aside=n % 3 == 2) for n, text in enumerate(texts)]
        if number % 4 == 0:
            village = VILLAGES[number % len(VILLAGES)]
            text = f"{texts[0]} {village.lower()}"
            found.append(Search(text, topic.key, village, aside=number % 8 == 0))
    return found
