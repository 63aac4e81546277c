"""Ballots and roll are a declared exception from what is kept about changes of personal data (data protection §4): no
history, no journal entry, no note of the form sent. Each of them would tell an order or an hour, and so whose ballot is whose.
"""

from django.utils.translation import gettext_lazy as _

from quartierwerk.privacy.registry import DataClass, Retention, TenantExport, register

from ..models import Ballot, RollEntry, Vote

register(
    Vote,
    purpose=_("How it is voted, and the result"),
    default=DataClass.PUBLIC,
    fields={"salt": DataClass.INTERNAL, "slips": DataClass.INTERNAL, "result": DataClass.INTERNAL},
    withheld={"salt": _("a secret")},
    factory="quartierwerk.participation.votes.tests.factories:vote_row",
)


def forget_voter(entry: RollEntry) -> None:
    """That somebody was on the roll, and whether a code was drawn, stays countable."""
    entry.name = entry.mail = entry.page_digest = ""
    entry.save(update_fields=["name", "mail", "page_digest"])


register(
    RollEntry,
    purpose=_("Everybody who may vote gets one code"),
    default=DataClass.INTERNAL,
    fields=dict.fromkeys(("name", "mail"), DataClass.PERSONAL),
    mail="mail",
    withheld={"page_digest": _("a secret")},
    retention=Retention.PARTICIPATION,
    due=lambda before: RollEntry.objects.filter(vote__phase__closes_at__lt=before).exclude(name="", mail=""),
    erase=forget_voter,
    emptied_when_due=True,
    factory="quartierwerk.participation.votes.tests.factories:roll_entry",
    export=TenantExport.NOT,  # the links in the mails are made with this installation's key
)
# Pseudonymised, hence personal, as long as the key exists: whoever holds a code and the key finds its ballot.
register(
    Ballot,
    purpose=_("What was chosen in a vote"),
    default=DataClass.INTERNAL,
    fields=dict.fromkeys(("key", "choices"), DataClass.PERSONAL),
    no_person=_("Nothing leads from a ballot to whoever cast it; that is its purpose."),
    retention=Retention.PARTICIPATION,
    due=lambda before: Ballot.objects.filter(vote__counted_at__lt=before),
    factory="quartierwerk.participation.votes.tests.factories:ballot_row",
    export=TenantExport.NOT,  # found by this installation's key only; the counted result goes along
)
