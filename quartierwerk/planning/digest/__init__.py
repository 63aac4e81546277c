"""One mail on Monday with what concerns somebody this week, and the page behind it; nothing to tell, no mail.

rules.py   which days count; concerns.py  what concerns a person; sending.py  to whom the mail goes and what it says
staff.py   the page, and the switch for the mail
"""
