"""What visitors leave without an account, and what staff do with it: a place asked for, a barrier, a wish."""
