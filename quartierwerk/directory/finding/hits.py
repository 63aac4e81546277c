"""An offer as one entry of a list: what decides whether to go there, and only what is known."""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quartierwerk.languages import tags
from quartierwerk.languages.showing import Shown
from quartierwerk.web import addresses
from quartierwerk.web.hits import Hit

from ..kinds import Intake
from ..models import Offer
from ..rules import free_seats
from ..showing import timetable
from .entries import Entry

SHOWN_LANGUAGES = 4


def hit_of(
    offer: Entry,
    request,
    *,
    today: date,
    number: int | None = None,
    why: Iterable[tuple[str, str]] = (),
    kilometres: float | None = None,
) -> Hit:
    title = offer.shown("title", request.lang)
    return Hit(
        title=title.text,
        url=addresses.public("directory:offer", request, pk=offer.pk),
        lang=title.language if title.language != request.lang else "",
        untranslated=title.is_fallback,
        number=number,
        by=offer.organisation.name,
        place=place_in_a_line(offer),
        facts=_facts(offer, request.lang, kilometres, today),
        tags=[
            *tags_of(offer, request, today),
            *([(_("machine translation"), "")] if title.is_machine else []),
        ],
        why=list(why),
        freshness=freshness(offer, today),
    )


def _facts(offer: Entry, lang: str, kilometres: float | None, today: date) -> list[tuple[str, str | Shown]]:
    facts: list[tuple[str, str | Shown]] = []
    if kilometres is not None:
        facts.append(("place", distance_in_words(kilometres)))
    if when := timetable.in_one_line(offer, offer.shown("hours", lang), today):
        facts.append(("clock", when))
    if offer.childcare == "yes":
        facts.append(("child", _("childcare")))
    if offer.languages_spoken:
        facts.append(("language", _some_of(offer.languages_spoken, lang)))
    if offer.is_free == "yes":
        facts.append(("euro", _("free of charge")))
    elif cost := offer.shown("cost", lang):
        facts.append(("euro", cost))
    if offer.step_free == "yes":
        facts.append(("step-free", _("step-free")))
    return facts


def tags_of(offer: Offer | Entry, request, today: date) -> list[tuple[str, str]]:
    """Room, beginning, level, deadline, origin: (words, kind of the tag)."""
    found: list[tuple[str, str]] = []
    free = free_seats(offer.seats, offer.seats_taken)
    if free:
        found.append((ngettext("%(n)s place free", "%(n)s places free", free) % {"n": free}, "ok"))
    elif free == 0:
        words = _("full, with a waiting list") if offer.has_waiting_list else _("full")
        found.append((words, "warn"))
    if offer.starts_on and offer.starts_on >= today:
        found.append((_("begins on %(day)s") % {"day": day_in_words(offer.starts_on)}, ""))
    if offer.level:
        found.append((offer.level, ""))
    if offer.kind == "health" and offer.intake != Intake.UNKNOWN:
        kind = {Intake.OPEN: "ok", Intake.CLOSED: "warn"}.get(Intake(offer.intake), "")
        found.append((str(Intake(offer.intake).label), kind))
    if offer.kind == "listing" and offer.deadline:
        found.append((_("apply until %(day)s") % {"day": day_in_words(offer.deadline)}, ""))
    if offer.tenant_id != request.tenant.pk:
        found.append((_("from %(place)s") % {"place": offer.tenant.name}, ""))
    return found


def freshness(offer: Offer | Entry, today: date) -> str:
    """When somebody last said that it is true."""
    if offer.unconfirmed_since:
        return _("Nobody has confirmed this for a long time.")
    if not offer.confirmed_at:
        return ""
    days = (today - offer.confirmed_at.date()).days
    if days <= 0:
        return _("Confirmed today.")
    if days < 14:
        return ngettext("Confirmed %(n)s day ago.", "Confirmed %(n)s days ago.", days) % {"n": days}
    if days < 60:
        return ngettext("Confirmed %(n)s week ago.", "Confirmed %(n)s weeks ago.", days // 7) % {
            "n": days // 7
        }
    months = days // 30
    return ngettext("Confirmed %(n)s month ago.", "Confirmed %(n)s months ago.", months) % {"n": months}


def place_in_a_line(offer: Offer | Entry) -> str:
    if offer.address:
        parts = [offer.address.name or offer.address.street]
        if offer.address.space:
            parts.append(offer.address.space.name)
        elif offer.address.town:
            parts.append(offer.address.town)
        return ", ".join(part for part in parts if part)
    return offer.space.name if offer.space else ""


def names_of(languages: Iterable[str], reader: str) -> str:
    comma = "، " if tags.direction(reader) == "rtl" else ", "
    return comma.join(tags.name(tag, reader) for tag in languages)


def _some_of(languages: list[str], reader: str) -> str:
    """The first few names; the reader's own language always stands among them."""
    ordered = sorted(languages, key=lambda tag: tag != reader)
    shown = names_of(ordered[:SHOWN_LANGUAGES], reader)
    more = len(ordered) - SHOWN_LANGUAGES
    return shown if more <= 0 else _("%(names)s and %(n)s more") % {"names": shown, "n": more}


def distance_in_words(kilometres: float) -> str:
    if kilometres < 0.95:
        return _("%(n)s m away") % {"n": max(int(round(kilometres, 1) * 1000), 100)}
    return _("%(n)s km away") % {"n": number_format(round(kilometres, 1), 1)}


def day_in_words(day: date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")
