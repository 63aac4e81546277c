"""From what a visitor asks for to a list of offers.

question.py    what is asked for, read out of the address
words.py       words: the search index proposes, the database decides; searchable.py says what can be found
catalogue.py   filters: all offers of a portal as sets (bits.py), gathered from the database (gathering.py, changes.py)
choices.py     the filters in words, with true counts; hours.py, near.py, distance.py their rules
pages.py       what the list page shows; hits.py one entry of it, maps.py its map
home.py        what the municipality's home page takes from all this
"""
