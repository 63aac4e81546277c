"""Plans of others that belong to a measure, a quarter or the concept (R2.14)."""
