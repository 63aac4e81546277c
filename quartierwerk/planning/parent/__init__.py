"""The concept told by the fields of the concept above it: the Region's, or another one kept here (R2.16). Nothing is typed
again, nothing is dropped, and only what is public goes up.

upward.py   our records under their fields, on plain values
files.py    the same as a workbook and for programs; staff.py  as a page
"""
