"""Inviting a group: one mail for each, with agenda, place and a date for the diary; on paper for the others."""
