"""Decisions about measures, needs, goals and staff posts on plain values: no query, no clock, no request."""
