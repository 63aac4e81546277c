"""The pages of the plan lead to the form for a voice, which then keeps what it is about."""

from uuid import UUID

from quartierwerk.web import addresses


def offer(request, pk: UUID) -> str:
    return f"{addresses.public('participation:give', request)}?about={pk}"
