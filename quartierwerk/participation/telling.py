"""Telling staff and givers that something happened: a link, none of the words, no code."""

from django.conf import settings
from django.urls import reverse

from quartierwerk.directory.requests.telling import tell_office
from quartierwerk.languages.choosing import frame_language
from quartierwerk.messages import sending
from quartierwerk.people.models import Account
from quartierwerk.tenants.models import Tenant
from quartierwerk.web import reach

from .models import Voice


def tell_of_voice(voice: Voice) -> None:
    kind = "question asked" if voice.is_question else "voice given"
    tell_office(voice.tenant, kind, f"voice {voice.pk}", _page_of(voice))


def tell_of_waiting(voice: Voice) -> None:
    tell_office(voice.tenant, "question waits", f"question waits {voice.pk} {voice.due_on}", _page_of(voice))


def tell_giver(voice: Voice, number: int) -> bool:
    """That there is an answer; she reads it with her code. False where she left no mail address."""
    to = voice.original.reach
    if not reach.is_mail(to):
        return False
    link = where_to_follow(voice.tenant, frame_language(voice.language))
    sending.send(
        "voice answered",
        to=to,
        lang=voice.language,
        key=f"voice answered {voice.pk} {number}",
        context={"link": link},
    )
    return True


def tell_of_reopening(voice: Voice) -> None:
    """To whoever looked after it; else to the office."""
    key = f"voice reopened {voice.pk} {voice.reopened_on}"
    to = _owner_of(voice)
    if not to:
        tell_office(voice.tenant, "voice reopened", key, _page_of(voice))
        return
    sending.send(
        "voice reopened",
        to=to,
        lang=voice.tenant.source_language,
        key=key,
        context={"link": _page_of(voice)},
    )


def where_to_follow(tenant: Tenant, lang: str) -> str:
    """The page that takes the code, as it is printed on the slip."""
    return _absolute("participation:follow", {"lang": lang, "tenant": tenant.slug})


def _owner_of(voice: Voice) -> str:
    if voice.owner_account_id:
        account = Account.objects.filter(pk=voice.owner_account_id, is_active=True, left_at=None).first()
        if account:
            return account.email
    return voice.owner_team.email if voice.owner_team else ""


def _page_of(voice: Voice) -> str:
    return _absolute("participation_staff:voice", {"tenant": voice.tenant.slug, "pk": voice.pk})


def _absolute(name: str, keys: dict) -> str:
    return settings.PUBLIC_URL.rstrip("/") + reverse(name, kwargs=keys)
