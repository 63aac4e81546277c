"""What council, press and residents see of the plan, without an account, in words for everybody.

A record shows by its own visibility (`published`); what of a measure's state rests on rows that stay inside (reports,
posts, asked months) leaves them as plain values only (`standing`). No person is named: who is responsible is a team.
"""
