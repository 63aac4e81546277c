"""What the pages of organisations show: one record, its places and people, all it offers now."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.utils import timezone

from quartierwerk.calendar.pages import coming_of_organisation
from quartierwerk.calendar.recurrence import in_words
from quartierwerk.languages import showing
from quartierwerk.languages.showing import Shown
from quartierwerk.tenants.managers import children
from quartierwerk.uploads.models import Picture
from quartierwerk.uploads.pages import picture_beside
from quartierwerk.web.hits import Hit

from .. import topics
from ..finding import entries
from ..finding.hits import hit_of
from ..finding.listed import current
from ..models import Location, Organisation, OrganisationContact, OrganisationRole
from ..standing_in import Person, persons
from . import timetable
from .offer_page import address_lines

PER_PAGE = 20
MOST_OFFERS = 100


@dataclass
class Site:
    """A place of the organisation with its hours in words."""

    location: Location
    lines: list[str]
    hours: list[str]


@dataclass
class ActorPage:
    actor: Organisation
    texts: dict[str, Shown]
    roles: list[str]
    topics: list[topics.Topic]
    persons: list[Person]
    sites: list[Site]
    hits: list[Hit]
    dates: list[Hit]
    picture: Picture | None = None


def actors(request) -> Page:
    today = timezone.localdate()
    now = Q(offers__visibility="public") & (Q(offers__valid_until=None) | Q(offers__valid_until__gte=today))
    now &= Q(offers__ends_on=None) | Q(offers__ends_on__gte=today)
    rows = (
        Organisation.published.annotate(current_offers=Count("offers", filter=now, distinct=True))
        .select_related("address", "space", "tenant")
        .order_by("sort_key", "pk")
    )
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def find(pk) -> Organisation | None:
    rows = Organisation.published.filter(pk=pk).select_related("address", "address__space", "space", "tenant")
    return children(rows, "translations").first()


def actor(record: Organisation, request) -> ActorPage:
    today = timezone.localdate()
    roles = dict(OrganisationRole.choices)
    texts = showing.show_all(record, request.lang)
    return ActorPage(
        record,
        texts,
        [str(roles[code]) for code in record.roles if code in roles],
        topics.known(record.topics),
        persons(list(OrganisationContact.published.filter(organisation=record)), today),
        _sites(record, today),
        _offers(record, request, today),
        coming_of_organisation(record.pk, request, today),
        picture_beside(record, texts["about"], Picture.published.all()),
    )


def _sites(record: Organisation, today: date) -> list[Site]:
    rows = Location.published.filter(organisation=record).select_related("address", "address__space")
    return [
        Site(
            one,
            address_lines(one.address) if one.address else [],
            [in_words(timetable.rule_of(row), today) for row in one.schedules.all()],
        )
        for one in children(rows.order_by("name", "pk"), "schedules")
    ]


def _offers(record: Organisation, request, today: date) -> list[Hit]:
    rows = current(today).filter(organisation=record).order_by("sort_key", "pk")
    ids = rows.values_list("pk", flat=True)[:MOST_OFFERS]
    return [hit_of(one, request, today=today) for one in entries.of(list(ids), request.lang)]
