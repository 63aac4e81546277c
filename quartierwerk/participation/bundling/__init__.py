"""Which voices say the same: proposed by text and place, decided by people."""
