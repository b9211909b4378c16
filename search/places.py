"""The names of the city's kecamatan and kelurahan, which must not be stemmed."""

from __future__ import annotations

_NAMES = """
blooto kauman mentikan prajurit kulon pulorejo surodinawan balongsari gedongan gunung gedangan
kedundung magersari wates jagalan kranggan meri miji purwotengah sentanan mojokerto majapahit
"""
NAMES = frozenset(_NAMES.split())
