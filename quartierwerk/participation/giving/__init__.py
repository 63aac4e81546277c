"""Giving a voice: by oneself without an account, or through the staff; the slip with the code."""
