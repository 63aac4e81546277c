"""What people could not use: complaints about the accessibility of these pages, with a term for the answer (R1.12)."""
