"""Votes by one-time codes: nothing leads from the roll to a ballot (docs/participation.md)."""
