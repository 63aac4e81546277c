"""The state of a measure as visitors read it: a word and a shape, never a colour alone."""

from datetime import date
from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ..measures import facts
from ..measures.rules.light import Light
from ..models import Need, Stage


class State(StrEnum):
    """In the order in which they are counted."""

    DONE = "done"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    BEHIND = "behind"
    NO_REPORT = "no_report"
    WAITING = "waiting"
    PROPOSED = "proposed"
    STOPPED = "stopped"


_OF_LIGHT = {
    Light.GREEN: State.ON_TRACK,
    Light.AMBER: State.AT_RISK,
    Light.RED: State.BEHIND,
    Light.NO_REPORT: State.NO_REPORT,
    Light.WAITING: State.WAITING,
    Light.DONE: State.DONE,
    Light.STOPPED: State.STOPPED,
}
LABELS = {
    State.DONE: gettext_lazy("done"),
    State.ON_TRACK: gettext_lazy("on track"),
    State.AT_RISK: gettext_lazy("at risk"),
    State.BEHIND: gettext_lazy("behind plan"),
    State.NO_REPORT: gettext_lazy("no report"),
    State.WAITING: gettext_lazy("not begun"),
    State.PROPOSED: gettext_lazy("proposed, not decided yet"),
    State.STOPPED: gettext_lazy("stopped"),
}
SIGNS = {
    State.DONE: "done",
    State.ON_TRACK: "ok",
    State.AT_RISK: "warn",
    State.BEHIND: "bad",
    State.NO_REPORT: "none",
    State.WAITING: "none",
    State.PROPOSED: "none",
    State.STOPPED: "none",
}
# What each word means, below the list of states.
MEANINGS = {
    State.DONE: gettext_lazy("Everything that was planned has been done."),
    State.ON_TRACK: gettext_lazy("Steps and money are as planned."),
    State.AT_RISK: gettext_lazy("Something is late or not certain yet. It can still work out."),
    State.BEHIND: gettext_lazy("The plan was not kept."),
    State.NO_REPORT: gettext_lazy("Nobody has reported how it stands. That is neither good nor bad."),
    State.WAITING: gettext_lazy("It was decided, but has not begun."),
    State.PROPOSED: gettext_lazy("Somebody proposed it. The council has not decided yet."),
    State.STOPPED: gettext_lazy("It was given up. The reason stands on its page."),
}

NEED_LABELS = {
    Need.State.NEW: pgettext_lazy("state of a need", "new"),
    Need.State.ACCEPTED: pgettext_lazy("state of a need", "accepted"),
    Need.State.BEING_MET: pgettext_lazy("state of a need", "being met"),
    Need.State.MET: pgettext_lazy("state of a need", "met"),
    Need.State.REJECTED: pgettext_lazy("state of a need", "rejected"),
}
NEED_SIGNS = {
    Need.State.NEW: "none",
    Need.State.ACCEPTED: "ok",
    Need.State.BEING_MET: "ok",
    Need.State.MET: "done",
    Need.State.REJECTED: "none",
}


def state_of(stage: Stage, light: Light) -> State:
    """Before the council decided nobody owes anything: no light then."""
    if stage in (Stage.PROPOSED, Stage.PRIORITISED):
        return State.PROPOSED
    return _OF_LIGHT[light]


def may_stand(state: State, today: date) -> Q:
    """Measures that can have this state at all; which of them do is computed."""
    undecided = Q(stage__in=[Stage.PROPOSED, Stage.PRIORITISED])
    if state == State.PROPOSED:
        return undecided
    (light,) = (light for light, told in _OF_LIGHT.items() if told == state)
    return facts.may_have(light, today) & ~undecided


def counted(state: State, number: int) -> str:
    return _("%(n)d %(state)s") % {"n": number, "state": LABELS[state]}
