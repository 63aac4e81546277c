"""Steering the concept: groups and their meetings, the proposed agenda, minutes, decisions and who carries them out."""
