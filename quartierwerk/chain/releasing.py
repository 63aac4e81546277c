"""What one municipality released to another, and our row that remembers it."""

from typing import Any
from uuid import UUID

from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant, Visibility

from .models import Elsewhere, Relation
from .register import kinds


def released(kind: str, *, owner: int, reader: int, **which: Any) -> Any | None:
    """A record of `owner` as `reader` sees it: public or shared with them, else None. The walls decide."""
    if kind not in kinds.by_name:
        return None
    found = kinds.by_name[kind]
    with scope.entered(scope.Scope(reads=(reader,), readable=(owner,))):
        title = found.title("de")
        rows = found.model._base_manager.filter(tenant_id=owner, **which)
        return rows.annotate(released_title=title.words, released_language=title.language).first()


def has_element(kind: str, element_id: UUID) -> bool:
    return kind in kinds.by_name and kinds.by_name[kind].model.objects.filter(element=element_id).exists()


def write_tie(
    element_id: UUID, other: Tenant, theirs: Any, relation: Relation, is_onward: bool, author: UUID | None
) -> Elsewhere:
    values = {
        "other": other,
        "other_kind": theirs.chain_kind,
        "other_title": theirs.released_title[:500],
        "other_language": theirs.released_language,
        "released_to_all": theirs.visibility == Visibility.PUBLIC,
    }
    tie, _ = Elsewhere.objects.update_or_create(
        element_id=element_id,
        other_element=theirs.element_id,
        relation=relation,
        is_onward=is_onward,
        defaults=values,
        create_defaults=values | {"author": author},
    )
    return tie
