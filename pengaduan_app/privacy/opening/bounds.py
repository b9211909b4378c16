"""What a file may be, and what may be used to open it: all figures in one place."""

from __future__ import annotations

# Of the process that opens one file.
MEMORY = 512 * 1024 * 1024  # bytes of address space
CPU = 8  # seconds
WALL = 14  # seconds
OUTPUT = 24 * 1024 * 1024  # bytes of the new file
# For the interpreter and its libraries; a stranger's file needs none.
OPEN_FILES = 64

# Pixels of the longest side of a new photo: a street sign stays readable, the file small.
MAX_SIDE = 2560
# A JPEG is decoded at a fraction of its size, so that any telephone's photo fits; the other
# formats are decoded whole, which takes up to eight bytes a pixel.
MAX_PIXELS = {"JPEG": 250_000_000}
MAX_PIXELS_WHOLE = 50_000_000
# What a progressive JPEG may take before its first pixel is there, in bytes.
MAX_COEFFICIENTS = MEMORY * 2 // 3

MAX_PAGES = 20
# Of one drawn page, in pixels: a sheet larger than A3 is drawn more coarsely.
MAX_PAGE_SIDE = 5000
MAX_PAGE_PIXELS = 5_000_000
# The longest side that readers show, in points.
LONGEST_SHEET = 14_400
# Of a picture in a page when it is decoded, in bytes: 600 dots an inch on A4, in colour. One that
# doesn't fit in the memory would silently be left out.
MAX_PICTURE = 120 * 1024 * 1024
