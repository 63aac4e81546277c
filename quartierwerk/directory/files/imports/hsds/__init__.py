"""HSDS of any version, in JSON or tables, read into one neutral bundle and from there into drafts.

documents.py   JSON: a list, a page of an API, a single object; what each entry is
nested.py      its objects taken apart into organisations, locations and services
tables.py      tables of CSV or XLSX, known by their columns
linked.py      their rows put under what they name, what names nothing left over
older.py       words of HSDS 1.x, 2.x and Ohana
joining.py     all files of an import together
bundle.py      what comes out: nested objects of 3.1, each with its place in the file
taking.py, schedules.py, reading.py   the bundle → drafts
"""
