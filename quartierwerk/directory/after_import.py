"""What follows once an import is certain."""


def tell_index(tenant_id: int) -> None:
    """Called after the commit of an import: many records of this municipality changed at once."""
