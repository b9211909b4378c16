"""The city's own texts and reference data, as JSON files beside this module."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def load(name: str) -> Any:
    """One of the data files."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
