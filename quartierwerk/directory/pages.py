"""What the public pages of the directory show, computed here so that templates only print."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk.languages import showing, tags
from quartierwerk.languages.showing import Shown
from quartierwerk.places import succession
from quartierwerk.places.models import SocialSpace
from quartierwerk.uploads.models import Picture
from quartierwerk.uploads.pages import picture_beside
from quartierwerk.web import addresses
from quartierwerk.web.hits import Hit

from .models import Offer, Organisation
from .rules import is_over, readable_id, readable_language_filter

PER_PAGE = 20


@dataclass(frozen=True)
class Question:
    """What a visitor asks for, read out of the address; nonsense counts as not asked."""

    words: str = ""
    space: str = ""
    language: str = ""

    @classmethod
    def of(cls, request) -> "Question":
        return cls(
            words=request.GET.get("q", "").strip()[:200],
            space=readable_id(request.GET.get("quarter", "")),
            language=readable_language_filter(request.GET.get("speaks", "")),
        )

    def query(self, **changes: str) -> str:
        values = {"q": self.words, "quarter": self.space, "speaks": self.language} | changes
        return "?" + urlencode({name: value for name, value in values.items() if value})


@dataclass
class OfferList:
    question: Question
    page: Page
    hits: list[Hit]
    chips: list[tuple[str, str, bool]]
    points: list[tuple[int, Offer, str]] = field(default_factory=list)  # number, offer, address on the page
    broken_off: bool = False

    @property
    def count(self) -> int:
        return self.page.paginator.count


def offers_matching(question: Question, today: date, found: dict | None) -> QuerySet[Offer]:
    """Public, still valid offers for a question. `found`: id → hit of the index, None without words."""
    rows = Offer.published.filter(Q(valid_until=None) | Q(valid_until__gte=today))
    if question.space:
        space = UUID(question.space)
        rows = rows.filter(in_spaces(succession.with_former([space], public=True)[space]))
    if question.language:
        rows = rows.filter(languages_spoken__contains=[question.language])
    if found is not None:
        rows = rows.filter(pk__in=list(found))
    return rows


def in_spaces(ids: Iterable[UUID]) -> Q:
    """Offers for a quarter's people, and those that take place there."""
    spaces = list(ids)
    return Q(space__in=spaces) | Q(address__space__in=spaces)


def counts_by_quarter(spaces: Iterable[UUID], today: date) -> dict[UUID, int]:
    """How many offers the list shows for each quarter, in two queries."""
    areas = succession.with_former(spaces, public=True)
    pairs = (
        offers_matching(Question(), today, None)
        .filter(in_spaces({one for former in areas.values() for one in former}))
        .order_by()
        .values("space", "address__space")
        .annotate(n=Count("pk"))
        .values_list("space", "address__space", "n")
    )
    counts = dict.fromkeys(areas, 0)
    for space, where, n in pairs:
        for area, former in areas.items():
            if space in former or where in former:
                counts[area] += n
    return counts


def hit_of(offer: Offer, request, number: int | None = None, why: Iterable[tuple[str, str]] = ()) -> Hit:
    texts = showing.show_all(offer, request.lang)
    title, hours = texts["title"], texts["hours"]
    facts: list[tuple[str, str | Shown]] = []
    if hours:
        facts.append(("clock", replace(hours, text=_first_line(hours.text))))
    if offer.languages_spoken:
        facts.append(("language", names_of(offer.languages_spoken, request.lang)))
    if texts["cost"]:
        facts.append(("euro", texts["cost"]))
    return Hit(
        title=title.text,
        url=addresses.public("directory:offer", request, pk=offer.pk),
        lang=title.language if title.language != request.lang else "",
        untranslated=title.is_fallback,
        number=number,
        by=offer.organisation.name,
        place=place_in_a_line(offer),
        facts=facts,
        tags=[(_("machine translation"), "")] if title.is_machine else [],
        why=list(why),
    )


def place_in_a_line(offer: Offer) -> str:
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


def _first_line(text: str, longest: int = 90) -> str:
    line = text.strip().splitlines()[0]
    return line if len(line) <= longest else line[: longest - 1].rsplit(" ", 1)[0] + " …"


def offer_list(request, today: date, found: dict | None, broken_off: bool = False) -> OfferList:
    """One page of offers. found: id → (rank, why) from the index, or None where no words were asked."""
    question = Question.of(request)
    rows = offers_matching(question, today, found)
    if found is not None:
        order = {pk: place for place, pk in enumerate(found)}
        ids = sorted(rows.values_list("pk", flat=True), key=order.__getitem__)
        page = _page(ids, request)
        by_id = {offer.pk: offer for offer in Offer.published.with_everything().filter(pk__in=list(page))}
        offers = [by_id[pk] for pk in page if pk in by_id]
    else:
        page = _page(rows.with_everything().order_by("sort_key", "pk"), request)
        offers = list(page)
    hits, points = [], []
    for offer in offers:
        number = None
        if offer.address and offer.address.has_coordinates:
            number = len(points) + 1
            points.append((number, offer, addresses.public("directory:offer", request, pk=offer.pk)))
        why = found[offer.pk] if found else ()
        hits.append(hit_of(offer, request, number, why))
    return OfferList(question, page, hits, _chips(question, request), points, broken_off)


def _page(rows, request) -> Page:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def _chips(question: Question, request) -> list[tuple[str, str, bool]]:
    """Filters that are on, and the quarters one may choose."""
    chips = []
    if question.language:
        label = _("speaks %(language)s") % {"language": tags.name(question.language, request.lang)}
        chips.append((label, question.query(speaks=""), True))
    quarters = SocialSpace.published.filter(kind=SocialSpace.Kind.QUARTER, tenant=request.tenant)
    for space in quarters.on(timezone.localdate()):
        on = str(space.pk) == question.space
        chips.append((space.name, question.query(quarter="" if on else str(space.pk)), on))
    return chips


@dataclass
class OfferPage:
    """Everything needed to go there. `facts` holds only what is known; "unknown" languages say so."""

    offer: Offer
    texts: dict[str, Shown]
    contacts: list
    others: list[Hit]
    is_over: bool
    picture: Picture | None  # beside the description

    @property
    def checked(self) -> list[Shown]:
        """Texts that somebody of their audience read and understood, one for each kind of reader."""
        return list({shown.checked_by: shown for shown in self.texts.values() if shown.checked_by}.values())

    @property
    def fallbacks(self) -> list[Shown]:
        """Texts that are not in the reader's language, for one note instead of one a paragraph."""
        return [shown for shown in self.texts.values() if shown and shown.is_fallback]


def offer_page(offer: Offer, request, today: date) -> OfferPage:
    others = (
        Offer.published.filter(organisation=offer.organisation)
        .exclude(pk=offer.pk)
        .with_everything()
        .order_by("sort_key", "pk")[:5]
    )
    texts = showing.show_all(offer, request.lang)
    return OfferPage(
        offer=offer,
        texts=texts,
        contacts=list(offer.contacts.all()),
        others=[hit_of(other, request) for other in others],
        is_over=is_over(offer.valid_until, today),
        picture=picture_beside(offer, texts["description"], Picture.published.all()),
    )


def actors(request) -> Page:
    rows = (
        Organisation.published.annotate(
            current_offers=Count("offers", filter=Q(offers__visibility="public"), distinct=True)
        )
        .select_related("address", "space")
        .order_by("sort_key", "pk")
    )
    return _page(rows, request)


def offers_of(organisation: Organisation, request, today: date) -> list[Hit]:
    rows = offers_matching(Question(), today, None).filter(organisation=organisation)
    return [hit_of(offer, request) for offer in rows.with_everything().order_by("sort_key", "pk")[:100]]
