"""Taking a passage out of closed minutes or an adopted guiding principle, for instance a name (Art. 16 and 17 GDPR).

It goes wherever it stands, in the history too; a mark stays, and a note of who, when and why. How a passage is found and
marked: `editions/redacting.py`. What the database allows: `models/passages.py`.
"""
