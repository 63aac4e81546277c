"""All parts of the pages in all their states, for those who build and check them. Everything shown is invented."""

from __future__ import annotations

import datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from quartierwerk.rights import needs
from quartierwerk.web.context import Contact
from quartierwerk.web.editing import MINE, THEIRS, Version
from quartierwerk.web.fields import AmountField, GermanDateField
from quartierwerk.web.hits import Hit, Knot
from quartierwerk.web.icons import ICONS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class SampleForm(forms.Form):
    """One field of each kind; bound to `FAULTY` it shows every kind of error."""

    mark_optional = True
    versions: list[Version] = []
    changed_by = ""
    meanwhile: Any = None

    title = forms.CharField(label="Titel")
    summary = forms.CharField(
        label="In einem Satz, für alle verständlich",
        help_text="Steht so auf der öffentlichen Seite.",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    start = GermanDateField(label="Anfang", help_text="zum Beispiel 1.9.26")
    end = GermanDateField(label="Ende", required=False)
    amount = AmountField(label="Kosten 2026")
    team = forms.ChoiceField(
        label="Leitung (genau ein Team)",
        choices=[("", "bitte wählen"), ("53", "53 Kindertagesstätten"), ("40", "40 Bildung und Sport")],
    )
    kind = forms.ChoiceField(
        label="Das ist …",
        choices=[("missing", "etwas, das fehlt"), ("problem", "ein Problem"), ("idea", "eine Idee")],
        widget=forms.RadioSelect,
    )
    days = forms.MultipleChoiceField(
        label="Tage",
        help_text="Mehrere sind möglich.",
        choices=[("mo", "Montag"), ("di", "Dienstag"), ("mi", "Mittwoch"), ("do", "Donnerstag")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    plan = forms.FileField(label="Datei", help_text="PDF, höchstens 10 MB", required=False)
    public = forms.BooleanField(label="Auf der öffentlichen Seite zeigen")


FAULTY = {
    "title": "",
    "start": "",
    "end": "31.02.2027",
    "amount": "12.50",
    "team": "99",
    "kind": "",
    "days": ["so"],
}
CORRECT = {
    "title": "Deutschkurs mit Kinderbetreuung",
    "start": "01.09.2026",
    "amount": "1.250,00",
    "team": "53",
}

CHAIN = [
    Knot("voice", "Stimme", "„Wohin mit meinem Sohn?“", "#chain", "und 13 ähnliche", is_voice=True),
    Knot("need", "Bedarf", "Kinderbetreuung während der Kurse", "#chain", "angenommen am 14.04.2026"),
    Knot("measure", "Maßnahme", "Deutschkurs mit Kinderbetreuung", is_current=True),
    Knot("money", "Förderung", "Landesprogramm und Stadt", "#chain", "36.800,00 € bis 30.04.2027"),
    Knot("offer", "Angebot", "2 Kurse, 26 Plätze", "#chain", "21 belegt"),
    Knot("chart", "Kennzahl", "Wartezeit auf einen Platz", note="noch keine Werte", is_open=True),
    Knot("answer", "Antwort", "An 14 Menschen, 5 Sprachen", "#chain", "vom 02.11.2026", is_voice=True),
]

HITS = [
    Hit(
        "Deutsch am Vormittag (A1) mit Kinderbetreuung",
        "#hits",
        number=1,
        by="Sprachhaus Leine e. V.",
        place="Laatzen-Mitte",
        facts=[
            ("clock", "Mo, Mi, Do 9:00–12:15 Uhr"),
            ("child", "Kinder von 1 bis 6 Jahren"),
            ("euro", "kostenlos"),
            ("step-free", "stufenlos"),
        ],
        tags=[("3 Plätze frei", "ok")],
        why=[("Deutschkurs", "im Titel"), ("Kinderbetreuung", "bestätigt")],
        freshness="Heute bestätigt.",
    ),
    Hit(
        "Мова разом: Sprachcafé",
        "#hits",
        lang="uk",
        untranslated=True,
        number=2,
        by="Nachbarschaftstreff Marktstraße",
        facts=[("clock", "Sa 10:00–12:00 Uhr"), ("euro", "")],
    ),
]


def _edited() -> SampleForm:
    """A form as `editing.save` leaves it after somebody else's change."""
    form = SampleForm(auto_id="edited_%s")
    form.versions = [
        Version(
            "team",
            "Leitung",
            "Team 53, Thomas Wiegand",
            "Team 53, Nadja Krüger",
            chosen=THEIRS,
            choice="keep-team",
        ),
        Version(
            "title",
            "Titel",
            "Deutsch am Vormittag",
            "Deutsch mit Kinderbetreuung",
            chosen=MINE,
            choice="keep-title",
        ),
    ]
    form.changed_by = "Thomas Wiegand"
    form.meanwhile = SimpleNamespace(at=datetime.datetime(2026, 11, 16, 9, 42, tzinfo=datetime.UTC))
    return form


@needs("staff.enter")
def gallery(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "web/staff/gallery.html",
        {
            "crumbs": [(_("Building blocks"), "")],
            "icons": sorted(ICONS),
            "page": Paginator(range(240), 20).get_page(request.GET.get("page", 5)),
            "tabs": [("Liste", "#a", True), ("Karte", "#b", False), ("Tabelle", "#c", False)],
            "chain": CHAIN,
            "hits": HITS,
            "facts": [
                ("Wann", ["Montag, Mittwoch, 9:00–12:15 Uhr", "nicht in den Schulferien"]),
                ("Wo", "Marktstraße 12, 1. Stock, 30880 Laatzen"),
                ("Kosten", ""),
                ("Anmelden", "Vorbeikommen oder anrufen."),
            ],
            "files": [
                {"name": "Plan 2027.pdf", "kind": "PDF", "size": 482_113, "url": "#f", "remove_url": "#r"},
                {"name": "خطة.pdf", "kind": "PDF", "size": 1_200_000, "url": "#f", "lang": "العربية"},
            ],
            "contact": Contact(
                office="Sport im Quartier",
                person="Freda Lüders",
                place="Stadthaus, Zimmer 110",
                phone="0511 000 41 31",
                email="sport@laatzen.example",
                hours="Di und Do 10–13 Uhr",
                languages="spricht Deutsch, Englisch, Türkisch",
            ),
            "ways": [
                ("Ohne „Sonntag“ suchen", "#w1", "2 Schwimmkurse für Frauen"),
                ("Im Umkreis von 10 km suchen", "#w2", "1 Kurs in Hemmingen, 7 km"),
                ("Verwandtes ansehen", "#w3"),
            ],
            "chips": [("Mit Kinderbetreuung", "#c", True), ("Kostenlos", "#c", False)],
            "edited_form": _edited(),
            "plain_form": SampleForm(auto_id="plain_%s", initial=CORRECT, prefix="plain"),
            "faulty_form": SampleForm(FAULTY, auto_id="faulty_%s"),
        },
    )
