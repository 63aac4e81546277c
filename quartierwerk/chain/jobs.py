"""The other side of a link between municipalities, written in the other's scope."""

from uuid import UUID

from quartierwerk import jobs
from quartierwerk.tenants import scope

from .actions import clear_tombstones
from .models import Elsewhere, Relation
from .releasing import has_element, released, write_tie


@jobs.job("chain.mirror link", lock="chain.mirror")
def mirror(tie: UUID) -> None:
    """Write the other side's row, with our title as released to them now. Runs in our scope, writes in theirs."""
    ours = Elsewhere.objects.select_related("other", "element", "tenant").filter(pk=tie).first()
    if ours is None:
        return  # taken back before the job ran
    record = released(
        ours.element.kind, owner=ours.tenant_id, reader=ours.other_id, element_id=ours.element_id
    )
    if record is None:
        return  # withdrawn meanwhile: they learn nothing
    with scope.entered(scope.staff(ours.other)):
        if has_element(ours.other_kind, ours.other_element):
            write_tie(
                ours.other_element, ours.tenant, record, Relation(ours.relation), not ours.is_onward, None
            )


@jobs.job("chain.remove mirrored link", lock="chain.mirror")
def remove_mirror(element: UUID, other_element: UUID, relation: str, onward: int) -> None:
    Elsewhere.objects.filter(
        element=element, other_element=other_element, relation=relation, is_onward=bool(onward)
    ).delete()
    clear_tombstones([element])
