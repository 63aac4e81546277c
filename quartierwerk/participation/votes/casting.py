"""One form for the ballot, online and typed from paper: what was sent, and what became of it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ..models import Vote
from . import box, showing
from .forms import BallotForm


@dataclass(frozen=True)
class Tried:
    """accepted: "first" or "again" for the one that replaced another; else the form says what is wrong."""

    form: BallotForm
    accepted: str = ""
    unknown_code: bool = False
    closed: box.BoxClosed | None = None


def form_for(vote: Vote, reader: str, data: Any = None) -> BallotForm:
    return BallotForm(data, vote=vote, choosable=showing.choosable(vote, reader))


def attempt(vote: Vote, data: Any, reader: str) -> Tried:
    """In the staff scope. What was typed stays in the form."""
    form = form_for(vote, reader, data)
    if not form.is_valid():
        return Tried(form)
    try:
        again = box.put_in(vote, form.cleaned_data["code"], form.choices())
    except box.BoxClosed as closed:
        return Tried(form, closed=closed)
    except box.UnknownCode:
        form.add_error(
            "code",
            _("This code does not belong to this vote. Please compare it sign by sign with your slip."),
        )
        return Tried(form, unknown_code=True)
    except box.BadBallot as bad:
        form.refuse(bad.fault, box.terms_of(vote))
        return Tried(form)
    return Tried(form, accepted="again" if again else "first")
