"""Which records of the plan show their history and can be brought back (R1.08)."""

from quartierwerk.journal import register

from .context.forms import SORT as CONTEXT_CHANGE
from .measures import kinds


def add_kinds() -> None:
    for sort in (*kinds.SORTS.values(), CONTEXT_CHANGE):
        # What moves by steps of its own is shown in the history and not brought back: stages, states, alerts.
        leave_out = {"need": ("state",), "measure": ("stage",), "post": ("alerts_sent",)}.get(sort.name, ())
        register.add(
            register.Versioned(
                f"plan-{sort.plural}", sort.model, "planning.write", "planning.write", f"planning_staff:{sort.name}",
                title=sort.called, leave_out=leave_out,
            )
        )  # fmt: skip
