"""The consultation of a draft, the concept's editions and the guiding principle's versions alike.

A draft has `state`, `consultation_until` and `comments`, rows of a `models.consulting.Comment`.
"""
