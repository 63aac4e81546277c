"""The guiding principle (Leitbild): drafted, commented on paragraph by paragraph, adopted, cited by measures.

rules.py    which state follows which, what keeps a version from being adopted, what differs between two versions
actions.py  drafting, consulting, answering, adopting, citing
writing.py  what two people typed at the same time, put together or asked about
pages.py    what the pages show: paragraphs with the measures that cite them, the difference to the version before
"""
