"""Who works with whom: joint work by field and year, who is responsible for what, and what comes first (R2.11, R2.13, R3.07)."""
