"""What the page of an offer shows, and its sheet on paper: everything needed to go there, first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quartierwerk.calendar.recurrence import Occurrence
from quartierwerk.calendar.words import clock
from quartierwerk.languages import showing
from quartierwerk.languages.days import short_day
from quartierwerk.languages.showing import Shown
from quartierwerk.uploads.models import Picture
from quartierwerk.uploads.pages import picture_beside
from quartierwerk.web.hits import Hit

from .. import kinds, rules, topics
from ..finding import entries
from ..finding.hits import day_in_words, hit_of, names_of, tags_of
from ..finding.listed import current
from ..models import Offer, OfferBarrier
from ..requests import barriers
from ..standing_in import Person, persons
from . import timetable

SHOWN_DATES = 5
SHOWN_OTHERS = 5


@dataclass(frozen=True)
class Fact:
    """A line of the page. texts: each a paragraph, in the language it is written in."""

    label: str
    texts: Sequence[Shown]
    is_german: bool = False  # names and streets: not translated, isolated in other scripts


@dataclass
class OfferPage:
    offer: Offer
    lang: str
    today: date
    texts: dict[str, Shown]
    tags: list[tuple[str, str]]
    persons: list[Person]
    dates: list[Occurrence] = field(default_factory=list)
    barriers: list[OfferBarrier] = field(default_factory=list)
    others: list[Hit] = field(default_factory=list)
    picture: Picture | None = None  # beside the description

    @property
    def is_over(self) -> bool:
        offer = self.offer
        last = rules.last_day(offer.kind, offer.valid_until, offer.ends_on, offer.deadline)
        return rules.is_over(last, self.today)

    @property
    def fallbacks(self) -> list[Shown]:
        """Texts that are not in the reader's language, for one note instead of one a paragraph."""
        return [shown for shown in self.texts.values() if shown and shown.is_fallback]

    @property
    def next_dates(self) -> list[tuple[str, str]]:
        """The first dates: day and hours, as people write them."""
        return [
            (
                f"{date_format(one.start, 'D')} {short_day(one.start)}",
                _("all day")
                if one.is_whole_day
                else clock(one.start.time(), one.end.time() if one.has_end else None),
            )
            for one in self.dates[:SHOWN_DATES]
        ]

    @property
    def checked(self) -> list[Shown]:
        """Texts that somebody of their audience read and understood, one for each kind of reader."""
        return list({shown.checked_by: shown for shown in self.texts.values() if shown.checked_by}.values())

    @property
    def topics(self) -> list[topics.Topic]:
        return topics.known(self.offer.topics)

    @property
    def takes_registrations(self) -> bool:
        offer = self.offer
        free = rules.free_seats(offer.seats, offer.seats_taken)
        return not self.is_over and rules.takes_registrations(
            offer.kind, offer.registration, offer.has_waiting_list, free
        )

    @property
    def is_full(self) -> bool:
        return rules.free_seats(self.offer.seats, self.offer.seats_taken) == 0

    @cached_property
    def facts(self) -> list[Fact]:
        """In the order in which one needs them: when, where, what it asks of one, what it costs, how to get in."""
        lines = [
            self._when(),
            self._where(),
            Fact(_("Languages spoken"), [self._own(self._languages())]),
            self._childcare(),
            self._step_free(),
            self._cost(),
            self._registration(),
            self._text(_("For whom"), self.offer.audience),
            *self._of_its_kind(),
        ]
        return [line for line in lines if line and line.texts]

    def _own(self, words: str) -> Shown:
        return Shown(words, self.lang)

    def _written(self, words: str) -> Shown:
        """What somebody wrote and nobody translates."""
        return Shown(words, self.offer.language)

    def _text(self, label: str, words: str) -> Fact | None:
        return Fact(label, [self._written(words)]) if words else None

    def _when(self) -> Fact:
        lines = [self._own(line) for line in timetable.lines(self.offer, self.today)]
        if self.texts["hours"] and not (lines and timetable.says_no_more(self.offer)):
            lines.append(self.texts["hours"])
        if self.offer.starts_on and not timetable.rules_of(self.offer):
            words = _("Begins on %(day)s.") % {"day": day_in_words(self.offer.starts_on)}
            if self.offer.ends_on:
                words = _("From %(first)s to %(last)s.") % {
                    "first": day_in_words(self.offer.starts_on),
                    "last": day_in_words(self.offer.ends_on),
                }
            lines.append(self._own(words))
        return Fact(_("When"), lines)

    def _where(self) -> Fact | None:
        if self.offer.address:
            lines = address_lines(self.offer.address)
        else:
            lines = [self.offer.space.name] if self.offer.space else []
        return Fact(_("Where"), [Shown(line, "de") for line in lines], is_german=True)

    def _languages(self) -> str:
        return names_of(self.offer.languages_spoken, self.lang) or _("not known yet")

    def _childcare(self) -> Fact:
        places = self.offer.childcare_places
        words = _known(self.offer.childcare)
        if self.offer.childcare == "yes" and places:
            words = ngettext("yes, %(n)s place", "yes, %(n)s places", places) % {"n": places}
        return Fact(_("Childcare"), [self._own(words)])

    def _step_free(self) -> Fact:
        lines = [self._own(_known(self.offer.step_free))]
        if self.texts["accessibility"]:
            lines.append(self.texts["accessibility"])
        return Fact(_("Step-free"), lines)

    def _cost(self) -> Fact:
        lines = [self._own(_("free of charge"))] if self.offer.is_free == "yes" else []
        if self.texts["cost"]:
            lines.append(self.texts["cost"])
        return Fact(_("Cost"), lines or [self._own(_("not known yet"))])

    def _registration(self) -> Fact:
        mode = kinds.RegistrationMode(self.offer.registration)
        words = "" if mode == kinds.RegistrationMode.UNKNOWN else str(mode.label)
        lines = [self._own(words)] if words else []
        if self.texts["registration_how"]:
            lines.append(self.texts["registration_how"])
        return Fact(_("Registration"), lines)

    def _of_its_kind(self) -> Iterable[Fact | None]:
        offer = self.offer
        fields = kinds.fields_of(offer.kind)
        if "course_type" in fields and offer.course_type:
            yield Fact(_("Kind of course"), [self._own(str(kinds.CourseType(offer.course_type).label))])
        if "level" in fields and offer.level:
            yield Fact(_("Level"), [self._own(str(kinds.Level(offer.level).label))])
        if "seats" in fields and offer.seats is not None:
            yield Fact(_("Places"), [self._own(self._seats())])
        if "specialities" in fields:
            yield self._text(_("Specialities"), offer.specialities)
            yield Fact(_("New patients"), [self._own(str(kinds.Intake(offer.intake).label))])
        if "listing_type" in fields and offer.listing_type:
            yield Fact(_("What is offered"), [self._own(str(kinds.ListingType(offer.listing_type).label))])
        if "german_level" in fields and offer.german_level:
            yield Fact(_("German needed"), [self._own(offer.german_level)])
        if "deadline" in fields and offer.deadline:
            yield Fact(_("Apply until"), [self._own(day_in_words(offer.deadline))])
        if "trial" in fields:
            yield self._text(_("Trial session"), offer.trial)
            yield self._text(_("Who covers the costs"), offer.costs_covered)
            yield self._text(_("What to bring"), offer.gear)

    def _seats(self) -> str:
        free = rules.free_seats(self.offer.seats, self.offer.seats_taken) or 0
        if not free:
            if self.offer.has_waiting_list:
                return _("All %(n)s places are taken. There is a waiting list.") % {"n": self.offer.seats}
            return _("All %(n)s places are taken.") % {"n": self.offer.seats}
        words = ngettext(
            "%(free)s of %(n)s place free", "%(free)s of %(n)s places free", self.offer.seats or 0
        )
        return words % {"free": free, "n": self.offer.seats}


def _known(value: str) -> str:
    return {"yes": _("yes"), "no": _("no")}.get(value, _("not known yet"))


def of(offer: Offer, request, *, whole: bool = True) -> OfferPage:
    """whole: with what else there is; the sheet does without."""
    today = timezone.localdate()
    texts = showing.show_all(offer, request.lang)
    page = OfferPage(
        offer=offer,
        lang=request.lang,
        today=today,
        texts=texts,
        tags=tags_of(offer, request, today),
        persons=persons(list(offer.contacts.all()), today),
        dates=next_dates(offer, today),
    )
    if whole:
        page.barriers = barriers.shown_with(offer)
        page.picture = picture_beside(offer, texts["description"], Picture.published.all())
        page.others = _others(offer, request, today)
    return page


def next_dates(offer: Offer, today: date) -> list[Occurrence]:
    written = timetable.rules_of(offer)
    if not written:
        return []
    return timetable.next_dates(
        written, today, timetable.closed_around(offer.tenant, today).days(offer.space_id), offer.valid_until
    )


def _others(offer: Offer, request, today: date) -> list[Hit]:
    """If this does not fit: offers on the same topics and of the same kind first, then others of the provider."""
    rows = current(today).exclude(pk=offer.pk)
    alike = rows.filter(kind=offer.kind, topics__overlap=offer.topics) if offer.topics else rows.none()
    theirs = rows.filter(organisation=offer.organisation)
    found: dict = {}
    for query in (alike, theirs):
        for pk in query.order_by("sort_key", "pk").values_list("pk", flat=True)[:SHOWN_OTHERS]:
            found.setdefault(pk, None)
    ids = list(found)[:SHOWN_OTHERS]
    return [hit_of(one, request, today=today) for one in entries.of(ids, request.lang)]


def address_lines(address) -> list[str]:
    lines = [address.name, address.street, address.detail, f"{address.postcode} {address.town}".strip()]
    if address.space:
        lines.append(address.space.name)
    return [line for line in lines if line]
