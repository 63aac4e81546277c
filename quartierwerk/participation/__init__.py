"""Participation: voices and their answers, processes and votes. For people without account, in any language."""
