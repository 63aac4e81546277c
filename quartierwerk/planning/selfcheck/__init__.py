"""The administration looks at itself: languages, forms, training, complaints, for each team and year (R3.13).

rules.py     shares, what is not known, comparing two years; hiding.py  numbers in which somebody could be recognised
pages.py     what the pages show; staff.py the pages; work.py who has not answered this year
"""
