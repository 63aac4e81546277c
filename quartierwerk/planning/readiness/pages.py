"""What the board and the pages of campaigns show."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.http import HttpRequest
from django.utils.translation import gettext as _

from quartierwerk.directory.upkeep.rules import Step
from quartierwerk.languages.days import short_day
from quartierwerk.languages.numbers import format_decimal
from quartierwerk.web import addresses

from ..models import Campaign, CampaignAnswer, Concept
from . import campaigns, evidence
from .forms import LinkForm
from .rules import State

MOST = 5  # pieces of evidence that stand open on the board
SILENT_FIRST = F("answered").asc(nulls_first=True)

SIGNS = {State.FULFILLED: "ok", State.OUTDATED: "warn", State.OPEN: "none"}


def words(state: State) -> str:
    return {
        State.FULFILLED: _("fulfilled"),
        State.OUTDATED: _("outdated"),
        State.OPEN: _("open"),
    }[state]


@dataclass(frozen=True)
class PieceShown:
    """sign: of the state component; words: whether and until when it counts, or why not."""

    label: Any
    title: str
    url: str
    sign: str
    words: str
    note: str
    link: Any


@dataclass(frozen=True)
class HintPage:
    number: int
    title: Any
    proof: Any
    sign: str
    words: str
    until: str
    pieces: list[PieceShown]
    more: list[PieceShown]
    gone: list[PieceShown]
    step: Any
    step_url: str
    form: LinkForm | None
    state: State

    @property
    def is_fulfilled(self) -> bool:
        return self.state == State.FULFILLED

    @property
    def is_outdated(self) -> bool:
        return self.state == State.OUTDATED

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN


def hint_shown(
    one: evidence.HintShown,
    request: HttpRequest,
    concept: Concept,
    choices: evidence.Choices,
    bound: tuple[int, LinkForm] | None,
    running: Campaign | None,
) -> HintPage:
    """choices: empty for whoever links nothing. running: the campaign that is not closed yet."""
    hint, judged = one.hint, one.judged
    pieces = [_piece(piece, request, concept) for piece in one.shown]
    linked = {f"{piece.kind.name}:{piece.pk}" for piece in one.evidence if piece.kind and piece.link}
    records = [choice for choice in choices.get(hint.number, ()) if choice[0] not in linked]
    form = LinkForm(records=records, prefix=f"hint-{hint.number}") if records else None
    if bound and bound[0] == hint.number:
        form = bound[1]
    step, step_url = hint.step, addresses.staff(hint.route, request)
    if running and hint.number == 1:
        told = response_words(running)
        counted = {"n": told.answered, "of": told.asked}
        step = _("Go on with the campaign that runs: %(n)s of %(of)s have answered") % counted
        step_url = addresses.staff("planning_staff:campaign", request, pk=running.pk)
    until = ""
    if judged.state == State.FULFILLED:
        until = _("Counts until %(day)s.") % {"day": short_day(judged.until)}
    elif judged.state == State.OUTDATED:
        until = _("Counted until %(day)s.") % {"day": short_day(judged.until)}
    return HintPage(
        number=hint.number,
        title=hint.title,
        proof=hint.proof,
        sign=SIGNS[judged.state],
        words=words(judged.state),
        until=until,
        pieces=pieces[:MOST],
        more=pieces[MOST:],
        gone=[_piece(piece, request, concept) for piece in one.gone],
        step=step,
        step_url=step_url,
        form=form,
        state=judged.state,
    )


def _piece(piece: evidence.Shown, request: HttpRequest, concept: Concept) -> PieceShown:
    kind = piece.kind
    url = ""
    if kind and kind.route and not piece.is_gone:
        url = addresses.staff(kind.route, request, pk=piece.pk)
    return PieceShown(
        label=kind.label if kind else "",
        title=piece.title,
        url=url,
        sign=_sign(piece),
        words=_piece_words(piece, concept),
        note=piece.note,
        link=piece.link,
    )


def _sign(piece: evidence.Shown) -> str:
    if piece.is_gone:
        return "bad"
    if piece.fault or piece.on is None or not piece.proves:
        return "none"
    return "warn" if piece.is_outdated else "ok"


def _piece_words(piece: evidence.Shown, concept: Concept) -> str:
    if piece.is_gone:
        return _("The record was deleted.")
    if piece.fault:
        return piece.fault
    if piece.on is None:
        return _("It has no day yet.")
    if not piece.proves:
        return _("%(day)s, stands beside the proof") % {"day": short_day(piece.on)}
    if piece.is_outdated:
        months = concept.confirm_every_months
        return _("%(day)s, older than %(n)s months") % {"day": short_day(piece.on), "n": months}
    return short_day(piece.on)


@dataclass(frozen=True)
class Response:
    asked: int
    answered: int

    @property
    def percent(self) -> str:
        return format_decimal(Decimal(100 * self.answered) / self.asked, 0) if self.asked else ""

    @property
    def share(self) -> float:
        return 100 * self.answered / self.asked if self.asked else 0.0


def response_words(campaign: Campaign) -> Response:
    return Response(*campaigns.response(campaign))


@dataclass(frozen=True)
class AnswerShown:
    name: str
    pk: Any
    quarter: str
    asked_at: datetime
    answered: datetime | None
    sign: str
    words: str


def answer_shown(one: CampaignAnswer, problem: str) -> AnswerShown:
    organisation = one.organisation
    answered = one.answered  # type: ignore[attr-defined]
    if answered:
        sign, said = "ok", _("confirmed")
    elif organisation.confirmation == Step.PHONE:
        sign, said = "bad", _("to be called")
    elif problem:
        sign, said = "bad", _("The mail did not arrive")
    elif organisation.confirmation == Step.CONFIRMED:
        # Confirmed before it was asked, so this is no answer.
        sign, said = "none", _("no answer yet")
    else:
        sign, said = "none", str(organisation.get_confirmation_display())
    return AnswerShown(
        organisation.name,
        organisation.pk,
        organisation.space.name if organisation.space else "",
        one.asked_at,
        answered,
        sign,
        said,
    )
