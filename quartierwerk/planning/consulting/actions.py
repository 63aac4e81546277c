"""A comment and its answer."""

from django.db import transaction
from django.utils import timezone

from quartierwerk import journal, rights
from quartierwerk.rights import Person

from ..models import Edition, PrincipleVersion
from ..models.consulting import Comment

Draft = Edition | PrincipleVersion


class TakesNoComments(ValueError):
    """The draft is not in consultation, or its last day is over."""


def takes_comments(draft: Draft) -> bool:
    """Through the last day of the consultation."""
    until = draft.consultation_until
    return (
        draft.state == type(draft).State.CONSULTATION and until is not None and timezone.localdate() <= until
    )


@transaction.atomic
def comment(draft: Draft, words: str, *, passage: str = "", name: str = "", by: Person) -> Comment:
    """A word to a passage of the draft. Raises TakesNoComments."""
    rights.require(by, "planning.comment", draft)
    # As others may just take it back to the draft, or adopt it.
    draft = type(draft).objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if not takes_comments(draft):
        raise TakesNoComments
    made = draft.comments.create(words=words, passage=passage, name=name, account_id=by.account_id)
    journal.record(made.GIVEN, draft, by=by)
    return made


@transaction.atomic
def answer(given: Comment, words: str, *, by: Person) -> Comment:
    rights.require(by, "planning.write", given.draft)
    given.answer, given.answered_at = words, timezone.now()
    given.save(update_fields=["answer", "answered_at"])
    journal.record("comment answered", given.draft, by=by)
    return given
