"""What leaves the house on paper or as a file: the concept, the council's paper, the report on progress.

state.py     what a paper speaks of: today's public records, a draft, or an edition as it was frozen
words.py     its texts in the reader's language; figures.py  its charts and its map
concept.py   the concept, chapters.py  one field of action in it; rows.py  an edition as rows of a table
council.py   the paper for the council, hearing.py  who was heard; progress.py  two pages on how far it is
formats.py   all of it as files; kept.py  files of adopted editions, made once; loading.py  as an answer to a request
"""
