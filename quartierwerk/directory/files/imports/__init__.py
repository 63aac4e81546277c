"""Lists of organisations, offers and locations that others keep, read into the directory.

files.py       a file or folder → tables with the names they came under
mappings.py    which table is what, which column fills which field; shipped ones lie in ../mappings/
targets.py     the fields that can be filled, by kind of table
rows.py        one row → drafts of records, on plain values
plan.py        drafts beside what is stored → what is new, changed, unchanged; missing parents, possible duplicates
storing.py     the plan into the database, in bulk
running.py     all of it in one transaction, for the command, the wizard and its job
"""
