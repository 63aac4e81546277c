"""The consultation on a draft's page. `show` is the page of the draft, with what is to be seen on it instead."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from quartierwerk.rights import may
from quartierwerk.web import addresses

from . import actions
from .actions import Draft
from .forms import AnswerForm, CommentForm, ConsultForm

Show = Callable[..., HttpResponse]


def values(
    request: HttpRequest, draft: Draft, passages: Mapping[str, str], *, whole: str, comment: str, answer: str
) -> dict[str, Any]:
    """What `planning/staff/_comments.html` and the form that begins a consultation show; `comment` and `answer` are names of addresses."""
    return {
        "comments": [
            (
                one,
                passages.get(one.passage, ""),
                AnswerForm(prefix=f"answer-{one.pk}"),
                addresses.staff(answer, request, pk=draft.pk, comment=one.pk),
            )
            for one in draft.comments.all()
        ],
        "comment_url": addresses.staff(comment, request, pk=draft.pk),
        "may_comment": actions.takes_comments(draft) and may(request.person, "planning.comment", draft),
        "consulting": ConsultForm(),
        "commenting": CommentForm(whole=whole, passages=passages.items()),
    }


def comment(request: HttpRequest, draft: Draft, form: CommentForm, show: Show) -> HttpResponse | None:
    """The draft's page where something is wrong; None when the comment stands."""
    if not form.is_valid():
        return show(request, draft, 422, commenting=form)
    try:
        actions.comment(draft, by=request.person, **form.cleaned_data)
    except actions.TakesNoComments:
        draft.refresh_from_db()
        return show(
            request, draft, 422, refusals=[_("The consultation is over. Nobody can comment any more.")]
        )
    messages.success(request, _("Thank you. The comment stands with the draft and will be answered."))
    return None


def answer(request: HttpRequest, draft: Draft, pk: UUID, show: Show) -> HttpResponse | None:
    given = get_object_or_404(draft.comments.all(), pk=pk)
    form = AnswerForm(request.POST, prefix=f"answer-{given.pk}")
    if not form.is_valid():
        return show(request, draft, 422, refusals=[_("Please write an answer first.")])
    actions.answer(given, form.cleaned_data["words"], by=request.person)
    messages.success(request, _("Saved."))
    return None
