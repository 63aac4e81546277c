"""Sheets to print: slips with one code each, and the ballot on paper."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from quartierwerk.documents.content import (
    Block,
    Document,
    Facts,
    Heading,
    List,
    PageBreak,
    Paragraph,
    Text,
    german,
    left_to_right,
)
from quartierwerk.languages.numbers import format_amount
from quartierwerk.web import addresses

from ..models import Vote
from . import codes, showing

ON_A_PAGE = 5


def _closes(vote: Vote) -> str:
    return date_format(localtime(vote.phase.closes_at), "DATETIME_FORMAT")


def _address(vote: Vote, request) -> str:
    return request.build_absolute_uri(
        addresses.public(
            "participation:vote", request, pk=vote.process_id, lang=request.tenant.source_language
        )
    )


def _list(request) -> str:
    """Where one finds the vote: short enough to be typed from paper."""
    return request.build_absolute_uri(
        addresses.public("participation:processes", request, lang=request.tenant.source_language)
    )


def sheet(vote: Vote, drawn: Sequence[str], request) -> Document:
    """Slips to cut apart. Nothing on them says whose they will be."""
    blocks: list[Block] = [
        Paragraph(
            _(
                "Cut the slips apart, fold them and mix them before you hand them out: nobody may know who got which."
            ),
            "small",
        )
    ]
    for place, code in enumerate(drawn):
        if place and place % ON_A_PAGE == 0:
            blocks.append(PageBreak())
        blocks += [
            Heading(german(vote.process.title), 1),
            Facts(
                [
                    (_("Your code"), left_to_right(codes.shown(code), strong=True)),
                    (_("Until"), _closes(vote)),
                ]
            ),
            Paragraph(
                " ".join(
                    (
                        _("On the internet: %(address)s") % {"address": _list(request)},
                        _(
                            "Or write the code on the ballot on paper and put it into the box. A second vote with this code replaces the first."
                        ),
                        _("Nobody can look up whose code this is. A lost code cannot be replaced."),
                    )
                ),
                "small",
            ),
        ]
    return Document(
        title=_("Voting slips: %(title)s") % {"title": vote.process.title},
        lang=request.lang,
        blocks=blocks,
        publisher=german(request.tenant.name),
    )


def ballot(vote: Vote, request) -> Document:
    """The ballot on paper, in the language of the page."""
    lines: list[Text] = []
    for proposal, title in showing.choosable(vote, request.lang):
        box = "[   ]" if vote.method == Vote.Method.BUDGET else "____"
        cost = f" ({format_amount(proposal.cost_cents)})" if proposal.cost_cents is not None else ""
        lines.append(f"{box}  {title.text}{cost}")
    how = (
        _("Tick what you want. Together it may cost up to %(sum)s.")
        % {"sum": format_amount(vote.sum_cents or 0)}
        if vote.method == Vote.Method.BUDGET
        else _("Give up to %(n)s points. You may give several to one proposal.") % {"n": vote.points}
    )
    blocks: list[Block] = [
        Paragraph(how, "lead"),
        List(lines),
        Heading(_("Your code"), 1),
        Paragraph("____ – ____ – ____ – ____"),
        Paragraph(_("Please do not write your name on this sheet.")),
        Facts([(_("Until"), _closes(vote))]),
    ]
    return Document(
        title=vote.process.title,
        lang=request.lang,
        blocks=blocks,
        subtitle=_("Ballot"),
        publisher=german(request.tenant.name),
        address=_address(vote, request),
        show_code=True,
    )
