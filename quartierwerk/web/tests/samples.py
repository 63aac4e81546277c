"""Pages drawn without the rest of the product: for tests that look at them in a browser. Everything is invented."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest
from django.shortcuts import render
from django.test import RequestFactory, override_settings
from django.utils import translation
from django.utils.safestring import mark_safe

from quartierwerk.web import accessibility, errors, gallery
from quartierwerk.web.navigation import account_nav, footer_nav, public_nav, staff_nav
from quartierwerk.web.portal import home_page

TENANT = SimpleNamespace(
    pk=0,
    name="Laatzen",
    slug="laatzen",
    is_example=True,
    contact_office="Koordinierungsstelle Integration",
    contact_place="Stadthaus, Zimmer 104, Marktplatz 13",
    contact_phone="0511 000 41 20",
    contact_hours="Mo bis Do 9–15 Uhr, auch ohne Termin",
    contact_email="koordination@laatzen.example",
)


class _Person(SimpleNamespace):
    def __str__(self) -> str:
        return str(self.name)


class _Session(dict[str, Any]):
    def get_expiry_age(self) -> int:
        return 1800


QUARTERS = ["Alt-Laatzen", "Laatzen-Mitte", "Grasdorf", "Rethen", "Gleidingen", "Ingeln-Oesselse"]
MAP = mark_safe(
    '<svg class="qw-map" viewBox="0 0 285 405" role="group" aria-label="Laatzen mit zwei Ortsteilen, schematisch">'
    '<path class="river" d="M34 30C50 70 30 110 36 150s20 50 22 90-12 60 6 96 18 40 20 56"/>'
    '<a href="#q1" aria-label="Angebote in Grasdorf"><path class="area" d="M60 20h150v160H60z"/>'
    '<text x="130" y="100" font-size="14" text-anchor="middle">Grasdorf</text></a>'
    '<a href="#q2" aria-label="Angebote in Rethen"><path class="area" d="M60 180h150v160H60z"/>'
    '<text x="130" y="260" font-size="14" text-anchor="middle">Rethen</text></a></svg>'
)
TOPICS = [
    ("language", "Deutsch lernen", 41, "Kurse, Sprachcafés, Prüfungen"),
    ("child", "Kita, Schule, Familie", 58, "Plätze, Beratung, Eltern-Kind-Treffs"),
    ("work", "Arbeit und Ausbildung", 33, "Stellen, Bewerbung, Anerkennung"),
    ("heart", "Gesundheit", 37, "Praxen, Hebammen, Sprachmittlung"),
    ("home", "Wohnen", 19, "Suche, Mietvertrag, Nachbarschaft"),
]
BLOCKS = {
    "lead": (
        "lead",
        {"sentence": "305 Angebote von 84 Stellen. Kostenlos, ohne Anmeldung, in neun Sprachen."},
    ),
    "search": (
        "search",
        {
            "action": "#offers",
            "example": "Deutschkurs, Kita-Platz, Fußball …",
            "words": [("Hebamme", "#w1"), ("Hilfe bei Briefen", "#w2")],
        },
    ),
    "map": ("map", {"svg": MAP, "spaces": [(name, "#space") for name in QUARTERS]}),
    "topics": (
        "topics",
        {
            "topics": [
                {"icon": icon, "label": label, "count": count, "text": text, "url": "#topic"}
                for icon, label, count, text in TOPICS
            ]
        },
    ),
    "next_steps": (
        "next_steps",
        {
            "steps": [
                {
                    "title": "In den ersten zwei Wochen",
                    "text": "Wohnung anmelden, Konto eröffnen, Krankenkasse wählen.",
                    "link": "Schritt für Schritt ansehen",
                    "url": "#steps",
                }
            ]
        },
    ),
    "news": (
        "news",
        {
            "items": [
                {
                    "date": datetime.date(2026, 11, 13),
                    "title": "Neuer Deutschkurs am Vormittag",
                    "url": "#n1",
                },
                {"date": datetime.date(2026, 11, 11), "title": "Laternenumzug in Grasdorf", "url": "#n2"},
            ],
            "url": "#news",
        },
    ),
    "voice": ("voice", {"url": "#voice"}),
}


def install_entries() -> None:
    """Fill the registers as the packages of the whole product will; tests put them back."""
    for name in public_nav.sections:
        public_nav.add(name, name)
    for name, label in [("accessibility", "Barrierefreiheit"), ("privacy", "Datenschutz")]:
        footer_nav.add(name, lambda request: "#site", label=label, section="site")
    footer_nav.add("own-offers", lambda request: "#own", label="Eigene Angebote pflegen", section="partners")
    staff_nav.add("today", "staff-today")
    staff_nav.add("directory", "staff-offers", label="Angebote")
    staff_nav.add("import", "staff-import", label="Import", section="directory")
    account_nav.add(
        "security", lambda request: "#security", label="Konto und zweiter Faktor", section="account"
    )
    for place, (template, values) in BLOCKS.items():
        home_page.add(place, f"web/public/home/{template}.html", _always(values))


def _always(values: dict[str, Any]) -> Callable[[HttpRequest], dict[str, Any]]:
    return lambda request: values


def request_to(path: str, *, lang: str = "de", signed_in: bool = False, **data: str) -> HttpRequest:
    request = RequestFactory().post(path, data) if data else RequestFactory().get(path)
    request.lang, request.tenant = lang, TENANT  # type: ignore[attr-defined]
    request.person = _Person(name="E. Aydın", is_known=True) if signed_in else None  # type: ignore[attr-defined]
    if signed_in:
        request.session = _Session()  # type: ignore[assignment]
    return request


def _list(request: HttpRequest) -> Any:
    return render(
        request,
        "web/tests/list.html",
        {
            "crumbs": [("Angebote", "#o"), ("Suche", "")],
            "hits": gallery.HITS,
            "chips": [
                ("Mit Kinderbetreuung", "#c", True),
                ("Kostenlos", "#c", False),
                ("Stufenlos", "#c", False),
            ],
            "has_map": True,
            "svg": MAP,
        },
    )


def _record(request: HttpRequest) -> Any:
    return render(
        request,
        "web/tests/record.html",
        {
            "crumbs": [("Angebote", "#o"), ("Deutsch am Vormittag", "")],
            "as_of": datetime.date(2026, 11, 16),
            "facts": [
                ("Wann", ["Montag, Mittwoch, 9:00–12:15 Uhr", "nicht in den Schulferien"]),
                ("Wo", "Sprachhaus Leine, Marktstraße 12, 30880 Laatzen"),
                ("Sprachen", "Im Kurs Deutsch. Beratung auch auf Arabisch"),
                ("Kosten", "Keine"),
            ],
            "svg": MAP,
        },
    )


PAGES: dict[str, Callable[[str], Any]] = {
    "home": lambda lang: render(request_to(f"/{lang}/laatzen/", lang=lang), "web/public/home.html"),
    "list": lambda lang: _list(request_to(f"/{lang}/laatzen/offers/", lang=lang)),
    "record": lambda lang: _record(request_to(f"/{lang}/laatzen/offers/1/", lang=lang)),
    "gallery": lambda lang: gallery.gallery(
        request_to("/staff/laatzen/offers/import/", lang=lang, signed_in=True)
    ),
    "accessibility": lambda lang: accessibility.accessibility(
        request_to(f"/{lang}/laatzen/accessibility/", lang=lang, words="")
    ),
    "400": lambda lang: errors.bad_request(request_to("/", lang=lang)),
    "403": lambda lang: errors.forbidden(request_to(f"/{lang}/laatzen/", lang=lang)),
    "404": lambda lang: errors.not_found(request_to(f"/{lang}/laatzen/gone/", lang=lang)),
    "413": lambda lang: errors.too_large(request_to(f"/{lang}/laatzen/", lang=lang), limit=10_000_000),
    "429": lambda lang: errors.too_many(request_to(f"/{lang}/laatzen/", lang=lang), wait_seconds=150),
    "500": lambda lang: errors.server_error(request_to(f"/{lang}/laatzen/", lang=lang)),
}


def drawn(name: str, lang: str = "de") -> str:
    with override_settings(ROOT_URLCONF="quartierwerk.web.tests.urls"), translation.override(lang):
        return str(PAGES[name](lang).content.decode())
