from django.utils.translation import gettext_lazy as _

from quartierwerk.privacy.registry import DataClass, Retention, register

from ..models import (
    GroupCount,
    Phase,
    Process,
    ProcessMeeting,
    ProcessText,
    Proposal,
    ProposalComment,
    ProposalText,
    SideFormat,
)

PUBLIC, INTERNAL = {"default": DataClass.PUBLIC}, {"default": DataClass.INTERNAL}
NO_PERSON = _("It is given without a name, a mail address or an account.")

register(Process, purpose=_("Residents collect, discuss, prioritise and decide"), **PUBLIC)
register(ProcessText, purpose=_("The same in other languages"), **PUBLIC)
register(Phase, purpose=_("What can be done when"), **PUBLIC)
register(SideFormat, purpose=_("Rounds for people whom the common meetings do not reach"), **PUBLIC)
register(ProcessMeeting, purpose=_("Who can come to a meeting, and what is missing for it"), **PUBLIC)
register(GroupCount, purpose=_("Who is missing in a process"), **INTERNAL)


def ended(model, path: str):
    """Rows with words as given, of processes all of whose phases were over before this moment."""

    def due(before):
        going_on = Phase.objects.filter(closes_at__gte=before).values("process")
        rows = model.objects.exclude(given_words="", **({"given_title": ""} if model is Proposal else {}))
        return (
            rows.filter(**{f"{path}__phases__isnull": False}).exclude(**{f"{path}__in": going_on}).distinct()
        )

    return due


def forget_proposal(proposal: Proposal) -> None:
    """The words as given go; what a person checked and showed stays."""
    proposal.given_title = proposal.given_words = ""
    proposal.save(update_fields=["given_title", "given_words"])


def forget_comment(comment: ProposalComment) -> None:
    comment.given_words = ""
    comment.save(update_fields=["given_words"])


register(
    Proposal,
    purpose=_("What residents propose"),
    fields=dict.fromkeys(("given_title", "given_words"), DataClass.PERSONAL)
    | {"why_held": DataClass.INTERNAL},
    no_person=NO_PERSON,
    retention=Retention.PARTICIPATION,
    due=ended(Proposal, "process"),
    erase=forget_proposal,
    emptied_when_due=True,
    factory="quartierwerk.participation.processes.tests.factories:given_proposal",
    **PUBLIC,
)
register(ProposalText, purpose=_("The same in other languages"), **PUBLIC)
register(
    ProposalComment,
    purpose=_("What residents say to proposals"),
    fields={"given_words": DataClass.PERSONAL},
    no_person=NO_PERSON,
    retention=Retention.PARTICIPATION,
    due=ended(ProposalComment, "proposal__process"),
    erase=forget_comment,
    emptied_when_due=True,
    factory="quartierwerk.participation.processes.tests.factories:given_comment",
    **PUBLIC,
)
