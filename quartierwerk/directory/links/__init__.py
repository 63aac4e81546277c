"""Websites in public records: asked at night whether they answer, named to the staff where they do not."""
