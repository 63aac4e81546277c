"""Needs, measures, goals, obstacles and staff posts: what is decided about them, their pages, and the monthly update."""
