"""This city's search: the pages below `/cari/`, its first synonyms and its names of places.

The engine is the plugin's: `pengaduan_app.contrib.search`.
"""
