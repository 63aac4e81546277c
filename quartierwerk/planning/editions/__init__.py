"""Editions of the concept: from a draft to the council's decision, then a frozen, numbered picture of the records.

rules.py       which state follows which, what blocks the council's adoption
picture.py     the current records as plain values, public ones only; the same for a draft, an edition and today
difference.py  what differs between two pictures, in the reader's words
redacting.py   taking a passage out of a frozen picture, when a consent is withdrawn
actions.py     opening, consulting, deciding, adopting
"""
