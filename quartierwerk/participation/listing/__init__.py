"""Which voices there are: for staff with filters, for everybody what was published."""
