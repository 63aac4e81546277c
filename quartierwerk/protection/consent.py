"""Consent: texts with versions and translations, answers, withdrawal that works at once.

    if not consent.is_allowed(purposes.MATCHING, profile.pk, timezone.now()): …

Whoever uses data on the ground of a consent asks each time; there is nothing to be remembered or undone. What runs
beyond a request (an open match, a published name) ends through `when_withdrawn`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk import journal
from quartierwerk.languages.tags import fallbacks
from quartierwerk.privacy.retention import months
from quartierwerk.rights import Person
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant

from . import rules
from .models import Consent, ConsentText
from .purposes import Purpose

LASTS = months(12)


class NoText(LookupError):
    """Nothing may be asked: there is no current wording."""


class Refusal(Exception):
    """Nothing happened; the sentence says why."""


@dataclass(frozen=True)
class Offered:
    """The wording somebody is shown. `outdated` names her language where its translation is older than the source."""

    text: ConsentText
    outdated: str = ""


_endings: dict[str, list[Callable[[UUID, Person], None]]] = {}


def when_withdrawn(purpose: Purpose, end: Callable[[UUID, Person], None]) -> None:
    """Register what ends with this consent: called with the person's id, in the scope and transaction of the withdrawal."""
    _endings.setdefault(purpose.name, []).append(end)


@transaction.atomic
def write_text(
    purpose: Purpose,
    language: str,
    *,
    words: str,
    recipient: str,
    data_kinds: str,
    by: Person,
) -> ConsentText:
    """A new wording. In the source language it is a new version; else the translation of the current one."""
    tenant = Tenant.objects.select_for_update(no_key=True).get(pk=scope.writing())
    current = _version(purpose.name, tenant.source_language)
    if language == tenant.source_language:
        current += 1
    elif not current:
        raise Refusal(_("Write the text in the language of the house first; it is what is translated."))
    text, created = ConsentText.objects.get_or_create(
        purpose=purpose.name,
        version=current,
        language=language,
        defaults={"words": words, "recipient": recipient, "data_kinds": data_kinds},
    )
    if not created:
        raise Refusal(_("This version is translated already. Texts that people agreed to are never changed."))
    journal.record("consent text written", text, by=by)
    return text


def _version(purpose: str, source_language: str) -> int:
    newest = (
        ConsentText.objects.filter(purpose=purpose, language=source_language).order_by("-version").first()
    )
    return newest.version if newest else 0


def offered(purpose: Purpose, lang: str) -> Offered:
    """The current wording in this language, one its readers know, or the source. Raises NoText."""
    tenant = Tenant.objects.get(pk=scope.writing())
    version = _version(purpose.name, tenant.source_language)
    texts = {
        text.language: text for text in ConsentText.objects.filter(purpose=purpose.name, version=version)
    }
    if not version:
        raise NoText
    for language in (lang, *fallbacks(lang)):
        if language in texts:
            return Offered(texts[language])
    # An older translation would ask for something else than what is now meant.
    older = ConsentText.objects.filter(purpose=purpose.name, language=lang).exists()
    return Offered(texts[tenant.source_language], outdated=lang if older else "")


@transaction.atomic
def answer(
    text: ConsentText,
    subject: UUID,
    *,
    agreed: bool,
    by: Person,
    way: str = Consent.Way.ONLINE,
    interpreter_helped: bool = False,
    by_guardian: bool = False,
    now: datetime | None = None,
) -> Consent:
    """Record what somebody said to this wording. Raises Refusal where a newer wording exists."""
    now = now or timezone.now()
    tenant = Tenant.objects.get(pk=scope.writing())
    if text.version != _version(text.purpose, tenant.source_language):
        raise Refusal(_("The text was changed meanwhile. Please read the new one."))
    consent = Consent.objects.create(
        subject=subject,
        text=text,
        purpose=text.purpose,
        agreed=agreed,
        interpreter_helped=interpreter_helped,
        by_guardian=by_guardian,
        given_at=now,
        way=way,
        recorded_by=None if by.account_id == subject else by.account_id,
        ends_at=LASTS.after(now) if agreed else now,
    )
    journal.record("consent given" if agreed else "consent refused", consent, by=by)
    if not agreed:
        # Saying no to what one had agreed to takes it back.
        for running in Consent.objects.running(now).filter(subject=subject, purpose=text.purpose):
            withdraw(running, by=by, now=now)
    return consent


@transaction.atomic
def withdraw(consent: Consent, *, by: Person, now: datetime | None = None) -> None:
    """It ends now; twice is once."""
    now = now or timezone.now()
    ended = Consent.objects.filter(pk=consent.pk, agreed=True, withdrawn_at=None).update(
        withdrawn_at=now, ends_at=min(now, consent.ends_at)
    )
    if not ended:
        return
    journal.record("consent withdrawn", consent, by=by)
    if not is_allowed(consent.purpose, consent.subject, now):
        for end in _endings.get(consent.purpose, ()):
            end(consent.subject, by)


def is_allowed(purpose: "Purpose | str", subject: UUID, now: datetime) -> bool:
    """Whether a consent of this person to this purpose counts at this moment, in the active municipality."""
    name = purpose if isinstance(purpose, str) else purpose.name
    rows = Consent.objects.filter(subject=subject, purpose=name)
    return rules.is_allowed(
        [
            rules.Answer(agreed, given_at, ends_at, withdrawn_at)
            for agreed, given_at, ends_at, withdrawn_at in rows.values_list(
                "agreed", "given_at", "ends_at", "withdrawn_at"
            )
        ],
        now,
    )
