"""Public pages as files, which a web server gives to visitors without asking Django.

store      the folder: files written whole, taken away for certain
addresses  which addresses are files, and which of them show an answer
journal    writes down what has changed, and takes its files away at once
rendering  a page as an anonymous visitor gets it, if anybody may have the same
follower   writes the files again, on each host
"""

from .follower import own_follower

__all__ = ["own_follower"]
