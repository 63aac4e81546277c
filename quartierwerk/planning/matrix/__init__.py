"""The matrix: fields of action × resources, needs, measures, goals, with gaps both ways.

fields.py   adding, renaming, merging, splitting and ending a field, with what became of it kept
holding.py  what the concept holds, read in a constant number of queries; gaps.py  rules on what is missing
page.py     what the page shows; staff.py, staff_fields.py  its views
"""
