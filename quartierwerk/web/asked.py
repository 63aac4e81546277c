"""Reading what stands in an address or in a field no form has looked at: nonsense is nothing, never an error."""

from uuid import UUID


def as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
