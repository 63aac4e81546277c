"""Entering and changing organisations and offers: forms, rows below a record, looking for doubles, copying a term."""
