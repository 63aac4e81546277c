"""Handing over what a person or a team leads and owns before they leave (R2.11, W2.5)."""
