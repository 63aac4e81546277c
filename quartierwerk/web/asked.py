"""Reading what stands in an address or in a field no form has looked at: nonsense is nothing, never an error."""

from uuid import UUID


def as_uuid(text: str | UUID) -> UUID | None:
    """Also of a number that is one already: forms compare what was typed with what stood there."""
    try:
        return UUID(str(text))
    except ValueError:
        return None
