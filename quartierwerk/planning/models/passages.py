"""What the database allows in closed or adopted texts: a mark in place of a passage, beside a note of who and why."""

from collections.abc import Iterable

from ..editions.redacting import MARK


def only_taken_out(texts: Iterable[str], note: str, changeable: Iterable[str] = ()) -> str:
    """SQL, for an update: only these texts changed, each reads as before where its marks stand for any words, and
    this transaction wrote the redaction `r` that `note` finds. What is `changeable` anyway may change beside them.
    """
    texts = list(texts)
    others = "".join(f" - '{name}'" for name in (*texts, *changeable))
    marked = " and ".join(
        f"old.{name} like replace(regexp_replace(new.{name}, '([\\\\%_])', '\\\\\\1', 'g'), '{MARK}', '%')"
        for name in texts
    )
    return f"""(to_jsonb(new){others} = to_jsonb(old){others} and {marked}
    and exists (select from planning_redaction r
                 where r.tenant_id = new.tenant_id and {note} and r.in_transaction = pg_current_xact_id()::text))"""
