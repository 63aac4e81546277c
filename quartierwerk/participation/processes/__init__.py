"""Participation processes: phases, proposals and comments, meetings, side formats, who is missing, what came of it."""
