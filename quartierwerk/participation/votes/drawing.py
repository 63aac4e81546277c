"""Handing out codes: printed on slips, or shown once on a page behind a mailed link. The roll learns that, never which.

The roll is written anew and shuffled with each drawing, as the box is with each ballot (`box.py`): which of its rows changed
last cannot be read from the rows.
"""

import hmac
import secrets
from collections.abc import Collection, Iterable
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from quartierwerk import journal, rights
from quartierwerk.messages import sending
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Tenant

from ..models import RollEntry, Vote
from . import box, codes

KIND = "link to draw a code"
# A roll of a municipality's size; more slips at once are a slip of the pen.
MOST_SLIPS = 5_000


class AlreadyDrawn(Exception):
    pass


def token_of(entry: UUID) -> str:
    """What makes a mailed link; stored nowhere."""
    words = f"participation code {entry}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), words, sha256).hexdigest()


def opened_by(pk: UUID, token: str) -> RollEntry | None:
    """The entry behind a mailed link of the active municipality, also when its code is drawn."""
    if not constant_time_compare(token, token_of(pk)):
        return None
    rows = RollEntry.objects.select_related("vote__phase", "vote__process")
    return rows.filter(pk=pk, way=RollEntry.Way.MAIL).first()


def new_page() -> str:
    """Hidden in the page on which a code can be drawn, stored nowhere."""
    return secrets.token_hex(16)


def draw(entry: RollEntry, page: str) -> str:
    """The code, once. Only the same page gets it again: its answer may have been lost on the way.

    Raises AlreadyDrawn, BoxClosed.
    """
    with transaction.atomic():
        vote = box.locked(entry.vote)
        if vote.counted_at or box.database_now() >= vote.phase.closes_at:
            raise box.BoxClosed(vote)
        entry = RollEntry.objects.get(pk=entry.pk)
        digest = codes.page_digest(page.encode())
        if entry.has_code and not constant_time_compare(entry.page_digest, digest):
            raise AlreadyDrawn
        if not entry.has_code:
            _note(vote, [entry.pk], digest)
        return codes.draw(box.key_of(vote), page.encode())


def hand_out(vote: Vote, entries: Collection[UUID], *, by: Person) -> None:
    """Slips were given at the desk or put into envelopes. Not journalled: it would say who came when."""
    rights.require(by, "processes.vote", vote.process)
    with transaction.atomic():
        _note(box.locked(vote), entries)


def _note(vote: Vote, entries: Collection[UUID], digest: str = "") -> None:
    """That codes were drawn for these; the whole roll is written anew, shuffled."""
    with connection.cursor() as cursor:
        cursor.execute(
            "with taken as (delete from participation_rollentry where tenant_id = %s and vote_id = %s returning *)"
            " insert into participation_rollentry (id, tenant_id, vote_id, way, name, mail, has_code, page_digest)"
            " select id, tenant_id, vote_id, way, name, mail, has_code or id = any(%s),"
            "        case when id = any(%s) and not has_code then %s else page_digest end"
            " from taken order by random()",
            [vote.tenant_id, vote.pk, list(entries), list(entries), digest],
        )


@transaction.atomic
def slips(vote: Vote, n: int, *, by: Person) -> list[str]:
    """So many new codes for paper. They exist on paper only. Raises BoxClosed."""
    rights.require(by, "processes.vote", vote.process)
    vote = box.locked(vote)
    if vote.counted_at or box.database_now() >= vote.phase.closes_at:
        raise box.BoxClosed(vote)
    vote.slips += n
    vote.save(update_fields=["slips"])
    journal.record("voting slips printed", vote, by=by)
    key = box.key_of(vote)
    return [codes.draw(key) for _ in range(n)]


@transaction.atomic
def enter(vote: Vote, people: Iterable[tuple[str, str]], way: str, *, by: Person) -> int:
    """(name, mail address) of those who may vote; who is on the roll already stays there once. Returns how many are new."""
    rights.require(by, "processes.vote", vote.process)
    vote = box.locked(vote)
    known = {(name.casefold(), mail.casefold()) for name, mail in vote.roll.values_list("name", "mail")}
    mails = {mail for _name, mail in known if mail}
    made = []
    for name, mail in people:
        entry = (name.casefold(), mail.casefold())
        if entry in known or (mail and entry[1] in mails):
            continue
        known.add(entry)
        mails.add(entry[1])
        made.append(RollEntry(vote=vote, way=way, name=name, mail=mail.lower()))
    RollEntry.objects.bulk_create(made)
    if made:
        journal.record("roll extended", vote, by=by)
    return len(made)


def send_links(vote: Vote, tenant: Tenant, *, by: Person) -> int:
    """A mail to everybody on the roll who draws her code by a link and has not; nobody gets it twice."""
    rights.require(by, "processes.vote", vote.process)
    waiting = vote.roll.filter(way=RollEntry.Way.MAIL, has_code=False).exclude(mail="")
    with transaction.atomic():
        for entry in waiting:
            keys = {
                "lang": tenant.source_language,
                "tenant": tenant.slug,
                "pk": entry.pk,
                "token": token_of(entry.pk),
            }
            sending.send(
                KIND,
                to=entry.mail,
                lang=tenant.source_language,
                key=f"code link {entry.pk}",
                context={
                    "link": settings.PUBLIC_URL.rstrip("/") + reverse("participation:draw", kwargs=keys)
                },
            )
        journal.record("links to draw codes mailed", vote, by=by)
    return len(waiting)
