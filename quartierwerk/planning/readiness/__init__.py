"""How ready the municipality is: seven hints for the practice, proven by records, and campaigns that take stock.

rules.py      from pieces of evidence and a day to fulfilled, outdated or open; nobody ticks a box
register.py   kinds of records that can be evidence; upper packages add theirs
kinds.py      those of planning and the directory
evidence.py   what is linked and what is found by itself, what is gone, linking and taking note
hints.py      the seven hints in words, and what to do next
campaigns.py  asking organisations by the directory's own mail, reminding, closing
snapshot.py   what there was on the day of the close, as plain values and as a workbook
"""
