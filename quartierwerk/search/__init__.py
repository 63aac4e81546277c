"""What visitors find: a derived index of public records, kept true by triggers and re-read under rights.

`search.changed()` after a change asks the worker for a fresh index; `asking.find(words, lang=…)` asks it.
"""


def changed() -> None:
    from . import keeping

    keeping.changed()
