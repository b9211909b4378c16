"""Sets up the search with this city's first synonyms. Repeatable."""

from __future__ import annotations

import json
from pathlib import Path

from pengaduan_app.contrib.search import setup

DATA = Path(__file__).parent / "data/synonyms.json"


def ensure_search() -> None:
    setup.ensure_search(json.loads(DATA.read_text(encoding="utf-8")))
