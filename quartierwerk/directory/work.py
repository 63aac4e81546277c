"""What of the directory waits for somebody: gaps, doubts, doubles, and what visitors and organisations reported."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk import rights
from quartierwerk.intake.models import ImportFile
from quartierwerk.languages.days import short_day
from quartierwerk.rights import may
from quartierwerk.tenants.models import Visibility
from quartierwerk.translating.work import outdated
from quartierwerk.web import addresses
from quartierwerk.web.work import Line, Pile, piles

from .checking.notes import written
from .editing import duplicates
from .files import own_list
from .links.rules import NEEDED
from .models import Offer, OfferBarrier, Organisation, PendingChange, UnreachableLink, Wish
from .upkeep.rules import Step


def _offers(request):
    return rights.visible(request.person, "directory.write", Offer.objects.select_related("organisation"))


def _organisations(request):
    return rights.visible(request.person, "organisations.write", Organisation.objects.all())


def _of_offers(rows, request):
    return rows.filter(offer__in=_offers(request).order_by().values("pk")).select_related("offer")


def offer_line(offer: Offer, request) -> Line:
    url = addresses.staff("directory_staff:offer", request, pk=offer.pk)
    return Line(offer.title, url, offer.organisation.name, offer.language)


def organisation_line(one: Organisation, request) -> Line:
    url = addresses.staff("directory_staff:edit_organisation", request, pk=one.pk)
    return Line(one.name, url, one.phone)


def double_offer_line(offer: Offer, request) -> Line:
    url = addresses.staff("directory_staff:merge_offer", request, pk=offer.pk)
    return Line(offer.title, url, offer.organisation.name, offer.language)


def double_organisation_line(one: Organisation, request) -> Line:
    return Line(
        one.name, addresses.staff("directory_staff:merge_organisation", request, pk=one.pk), one.phone
    )


def barrier_line(one: OfferBarrier, request) -> Line:
    url = addresses.staff("directory_staff:offer", request, pk=one.offer_id)
    return Line(
        one.offer.title, url, f"{one.get_kind_display()}, {short_day(one.reported_at)}", one.offer.language
    )


def wish_line(one: Wish, request) -> Line:
    where = one.space.name if one.space else ""
    detail = ", ".join(filter(None, (where, short_day(one.asked_at))))
    return Line(
        one.words or one.topic,
        addresses.staff("directory_staff:wish", request, pk=one.pk),
        detail,
        one.language,
    )


def check_line(one: PendingChange, request) -> Line:
    url = addresses.staff("directory_staff:change", request, pk=one.pk)
    who = one.offer.organisation.name if one.offer else one.date.organiser if one.date else ""
    what = _("is to be published") if one.what == PendingChange.What.PUBLISH else ""
    return Line(
        str(one.record),
        url,
        ", ".join(filter(None, (who, what, short_day(one.asked_at)))),
        one.record.language,
    )


def list_line(one: ImportFile, request) -> Line:
    organisation = own_list.organisation_key(one)
    url = addresses.staff("directory_staff:own_list_check", request, pk=organisation, file=one.pk)
    return Line(one.organisation_name, url, short_day(one.at))  # type: ignore[attr-defined]  # annotated


def unreachable_line(one: UnreachableLink, request) -> Line:
    if one.kind == "location":  # has no page of its own
        return Line(one.url, one.url, _("no answer since %(day)s") % {"day": short_day(one.since)})
    name = "directory_staff:offer" if one.kind == "offer" else "directory_staff:edit_organisation"
    since = _("no answer since %(day)s") % {"day": short_day(one.since)}
    return Line(one.url, addresses.staff(name, request, pk=one.record_id), since)


def unknown_languages(request):
    return _offers(request).filter(languages_spoken=[]).order_by("sort_key", "pk")


def over_or_stale(request):
    """Still public although its last day has passed."""
    today = timezone.localdate()
    past = Q(valid_until__lt=today) | Q(ends_on__lt=today) | Q(deadline__lt=today)
    return _offers(request).filter(past, visibility=Visibility.PUBLIC).order_by("sort_key", "pk")


def double_offers(request):
    rows = rights.visible(request.person, "directory.merge", Offer.objects.select_related("organisation"))
    known = rows.select_related("organisation", "address").prefetch_related("schedules")
    return rows.filter(pk__in=duplicates.among_offers(known)).order_by("sort_key", "pk")


def double_organisations(request):
    rows = rights.visible(request.person, "directory.merge", Organisation.objects.all())
    return rows.filter(pk__in=duplicates.among_organisations(rows)).order_by("sort_key", "pk")


def unconfirmed(request):
    wanted = (Step.PHONE, Step.UNCONFIRMED, Step.HIDDEN)
    rows = rights.visible(request.person, "directory.ask_confirmation", Organisation.objects.all())
    return rows.filter(confirmation__in=wanted).order_by("sort_key", "pk")


def register() -> None:
    def writes(request) -> bool:
        return may(request.person, "directory.write")

    def merges(request) -> bool:
        return may(request.person, "directory.merge")

    def asks(request) -> bool:
        return may(request.person, "directory.ask_confirmation")

    for pile in (
        Pile(
            "offer-barriers",
            gettext_lazy("Reported by visitors"),
            rows=lambda r: _of_offers(OfferBarrier.objects.filter(cleared_at=None), r).order_by(
                "reported_at"
            ),
            line=barrier_line,
            visible=writes,
            hint=gettext_lazy(
                "Somebody could not use an offer. Mend it, or say with the offer what is the matter."
            ),
            order=10,
        ),
        Pile(
            "changes",
            gettext_lazy("Changes reported by organisations"),
            rows=open_changes,
            page=lambda r: addresses.staff("directory_staff:changes", r),
            visible=asks,
            order=20,
        ),
        Pile(
            "checks",
            gettext_lazy("Changes by organisations to check"),
            rows=changes_to_check,
            line=check_line,
            visible=lambda r: may(r.person, "directory.check_changes"),
            hint=gettext_lazy("What their editors wrote. Visitors see it as soon as you take it over."),
            order=25,
        ),
        Pile(
            "lists",
            gettext_lazy("Lists of organisations to check"),
            rows=lists_to_check,
            line=list_line,
            visible=lambda r: may(r.person, "directory.check_changes"),
            hint=gettext_lazy(
                "Their editors changed many offers at once. Look at each row, or take them all."
            ),
            order=26,
        ),
        Pile(
            "wishes",
            gettext_lazy("Looked for and not found"),
            rows=lambda r: (
                rights.visible(r.person, "wishes.read", Wish.objects.filter(state=Wish.State.NEW))
                .select_related("space")
                .order_by("-asked_at", "pk")
            ),
            line=wish_line,
            visible=lambda r: may(r.person, "wishes.read"),
            hint=gettext_lazy(
                "What people missed. Is there something already? Does somebody want to offer it?"
            ),
            order=30,
        ),
        Pile(
            "unconfirmed",
            gettext_lazy("Not confirmed any more"),
            rows=unconfirmed,
            page=lambda r: addresses.staff("directory_staff:confirmations", r),
            visible=asks,
            order=40,
        ),
        Pile(
            "over",
            gettext_lazy("Past their last day"),
            rows=over_or_stale,
            line=offer_line,
            visible=writes,
            hint=gettext_lazy("Take them off the pages, or give them their new dates."),
            order=50,
        ),
        Pile(
            "languages",
            gettext_lazy("Language unknown"),
            rows=unknown_languages,
            line=offer_line,
            visible=writes,
            hint=gettext_lazy(
                "Which languages are spoken there? Until it is known, no search by language finds them."
            ),
            order=60,
        ),
        outdated("offers", gettext_lazy("Outdated translations of offers"), order=65),
        outdated("organisations", gettext_lazy("Outdated translations of organisations"), order=66),
        Pile(
            "placeholders",
            gettext_lazy("Organisation unknown"),
            rows=lambda r: _organisations(r).filter(is_placeholder=True).order_by("sort_key", "pk"),
            line=organisation_line,
            visible=writes,
            hint=gettext_lazy("A list named them by their number only. Give them their name, or merge them."),
            order=70,
        ),
        Pile(
            "double-offers",
            gettext_lazy("Offers entered twice?"),
            rows=double_offers,
            line=double_offer_line,
            visible=merges,
            hint=gettext_lazy("Compare them. Two that mean the same become one, and nothing is lost."),
            order=80,
            on_today=False,  # compares names
        ),
        Pile(
            "double-organisations",
            gettext_lazy("Organisations entered twice?"),
            rows=double_organisations,
            line=double_organisation_line,
            visible=merges,
            hint=gettext_lazy("Compare them. Two that mean the same become one, and nothing is lost."),
            order=81,
            on_today=False,  # compares names
        ),
        Pile(
            "unreachable",
            gettext_lazy("Websites that do not answer"),
            rows=unreachable,
            line=unreachable_line,
            visible=lambda r: may(r.person, "directory.import"),
            order=90,
        ),
    ):
        piles.add(pile)


def reported_changes(request):
    """Of organisations that this person asks."""
    mine = rights.visible(
        request.person, "directory.ask_confirmation", Organisation.objects.order_by()
    ).values("pk")
    reports = PendingChange.objects.filter(what=PendingChange.What.REPORT)
    return reports.filter(Q(organisation__in=mine) | Q(offer__organisation__in=mine))


def open_changes(request):
    return reported_changes(request).filter(decision=PendingChange.Decision.OPEN).order_by("asked_at", "pk")


def unreachable(request):
    return UnreachableLink.objects.filter(failures__gte=NEEDED).order_by("since", "pk")


def changes_to_check(request):
    rows = written(request.person, *("directory.check_changes",) * 3)
    rows = rows.filter(decision=PendingChange.Decision.OPEN).order_by("asked_at", "pk")
    return rows.select_related("offer__organisation", "organisation", "date")


def lists_to_check(request):
    mine = rights.visible(request.person, "directory.check_changes", Organisation.objects.order_by())
    return own_list.waiting_of(mine).defer("content").order_by("at", "pk")
