"""Moving measures and needs from stage to stage, and colours and places given by hand."""

from collections.abc import Callable, Sequence

from django.db import transaction
from django.utils import timezone

from quartierwerk import journal, rights
from quartierwerk.chain.models import Link
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Visibility

from ..models import Measure, Need, StageChange
from . import facts
from .adoption import adoptions
from .rules import light, stages
from .rules.completeness import Missing
from .rules.stages import Refusal

# Called in the same transaction with a need that has another state or a measure that has another stage: whoever asked
# for it hears of it.
followers: list[Callable[[Need | Measure], None]] = []


class NotPossible(ValueError):
    """The step is refused; `refusals` say why, `missing` what the council's questions lack."""

    def __init__(self, refusals: Sequence[Refusal], missing: Sequence[Missing] = ()):
        super().__init__(", ".join(refusals))
        self.refusals, self.missing = list(refusals), list(missing)

    @property
    def asks_only(self) -> bool:
        """Whether the person may go on all the same."""
        return self.refusals == [Refusal.STEPS_OPEN]


@transaction.atomic
def move_measure(
    measure: Measure, target: str, *, by: Person, reason: str = "", in_spite_of_open_steps: bool = False
) -> Measure:
    """Raises NotPossible, Refused."""
    current = _locked(Measure, measure)
    rights.require(by, "planning.write", current)
    missing = facts.missing(current)
    refused = stages.refusals(
        stages.OF_MEASURES,
        current.stage,
        target,
        reason=reason,
        has_decision=current.pk in adoptions.decided([current.pk]),
        missing=missing,
        open_steps=current.milestones.filter(done_on=None).count(),
        in_spite_of_open_steps=in_spite_of_open_steps,
    )
    if refused:
        raise NotPossible(refused, missing if Refusal.INCOMPLETE in refused else ())
    return _moved(current, target, reason.strip(), by=by)


def adopt_measure(current: Measure, *, by: Person) -> Measure:
    """The council adopted an edition with this measure, which answers its questions (`editions.actions.adopt` has seen
    to both): from now on everybody may read it. The caller holds the row. Raises NotPossible for one that is further
    along."""
    rights.require(by, "planning.adopt", current)
    if refused := stages.refusals(stages.OF_MEASURES, current.stage, stages.Stage.ADOPTED, has_decision=True):
        raise NotPossible(refused)
    if current.visibility != Visibility.PUBLIC:
        current.visibility = Visibility.PUBLIC
        current.save(update_fields=["visibility", "changed_at"])
    return _moved(current, stages.Stage.ADOPTED, "", by=by)


def _moved(current: Measure, target: str, reason: str, *, by: Person) -> Measure:
    StageChange.objects.create(
        measure=current, earlier=current.stage, later=target, reason=reason, account_id=by.account_id
    )
    current.stage = str(target)
    # The public reason stays with the stage that it explains; the change keeps it for good.
    current.stopped_reason = reason if target == stages.Stage.STOPPED else ""
    current.save(update_fields=["stage", "stopped_reason", "changed_at"])
    journal.record("measure has another stage", current, by=by)
    _tell_followers(current)
    return current


@transaction.atomic
def move_need(need: Need, target: str, *, by: Person, reason: str = "", publish: bool = False) -> Need:
    """Raises NotPossible, Refused. publish: a need that is rejected is shown to everybody, with the reason."""
    current = _locked(Need, need)
    rights.require(by, "planning.write", current)
    refused = stages.refusals(
        stages.OF_NEEDS, current.state, target, reason=reason, has_answer=is_answered(current)
    )
    if refused:
        raise NotPossible(refused)
    current.state = str(target)
    current.rejected_reason = reason.strip() if target == stages.NeedState.REJECTED else ""
    current.met_by = reason.strip() if target == stages.NeedState.MET else ""
    if publish and target == stages.NeedState.REJECTED:
        current.visibility = Visibility.PUBLIC
    current.save(update_fields=["state", "rejected_reason", "met_by", "visibility", "changed_at"])
    journal.record("need has another state", current, by=by)
    _tell_followers(current)
    return current


def _tell_followers(current: Need | Measure) -> None:
    for follower in followers:
        follower(current)


def is_answered(need: Need) -> bool:
    """Whether a measure that was not stopped, an offer or an answer came of it."""
    came_of_it = Link.objects.filter(source=need.element_id)
    if came_of_it.filter(target__kind__in=["offer", "answer"], target__removed_at=None).exists():
        return True
    live = Measure.objects.exclude(stage=stages.Stage.STOPPED)
    return live.filter(element__in=came_of_it.values("target")).exists()


@transaction.atomic
def set_light(measure: Measure, colour: str, comment: str, *, by: Person) -> Measure:
    """A colour by hand, with its comment; "" goes back to the computed one. Raises ValueError without a comment."""
    current = _locked(Measure, measure)
    rights.require(by, "planning.write", current)
    if colour and (colour not in light.BY_HAND or not comment.strip()):
        raise ValueError("a colour by hand is green, amber or red, and has a comment")
    current.manual_light = colour
    current.manual_comment = comment.strip() if colour else ""
    current.manual_at = timezone.now() if colour else None
    current.save(update_fields=["manual_light", "manual_comment", "manual_at", "changed_at"])
    journal.record("light set by hand" if colour else "light computed again", current, by=by)
    return current


def _locked(model, record):
    return model.objects.select_for_update(of=("self",)).get(pk=record.pk)
