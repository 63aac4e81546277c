"""What is missing in the concept, both ways. Pure: works on plain values."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class Gap(StrEnum):
    NO_MEASURE = "no_measure"
    NO_NEED = "no_need"
    NO_EVIDENCE = "no_evidence"
    UNUSED = "unused"


# Beside a single entry.
WORDS = {
    Gap.NO_MEASURE: _("without measure"),
    Gap.NO_NEED: _("no need linked"),
    Gap.NO_EVIDENCE: _("neither indicator nor evidence"),
    Gap.UNUSED: _("used by no measure"),
}
# Below a number.
COUNTED = {
    Gap.NO_MEASURE: ngettext_lazy("%(n)d without measure", "%(n)d without measure", "n"),
    Gap.NO_NEED: ngettext_lazy("%(n)d without need", "%(n)d without need", "n"),
    Gap.NO_EVIDENCE: ngettext_lazy("%(n)d without evidence", "%(n)d without evidence", "n"),
    Gap.UNUSED: ngettext_lazy("%(n)d unused", "%(n)d unused", "n"),
}

# Whom nothing more is asked of.
SETTLED_NEEDS = frozenset({"met", "rejected"})
STOPPED = "stopped"


def of_need(state: str, live: int) -> tuple[Gap, ...]:
    """live: how many measures it led to that were not stopped; a stopped one meets no need."""
    return () if live or state in SETTLED_NEEDS else (Gap.NO_MEASURE,)


def of_measure(stage: str, needs: int) -> tuple[Gap, ...]:
    return () if needs or stage == STOPPED else (Gap.NO_NEED,)


def of_goal(evidence_kind: str, live: int) -> tuple[Gap, ...]:
    """live: how many measures work towards it that were not stopped."""
    found = () if live else (Gap.NO_MEASURE,)
    return found if evidence_kind else (*found, Gap.NO_EVIDENCE)


def of_resource(live: int) -> tuple[Gap, ...]:
    """live: how many measures build on it that were not stopped."""
    return () if live else (Gap.UNUSED,)
