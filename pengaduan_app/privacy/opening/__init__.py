"""What runs in a process of its own and opens what strangers send; no Django, and no import of
the project around it.

verdict    what the process says: the new file, or why there is none
child      the process: its limits, what it reads and what it writes
bounds     what it may use, and what a file may be
photos     copies the pixels of a photo into a new file
containers  what a file begins with; of a photo, what is left out and what is filled up
sizes      the widths of an answer's picture, and its files as one
answer_pictures  hides places of a photo for good, and makes these files
documents  draws the pages of a PDF into a new one; looks into an editor's PDF
"""
