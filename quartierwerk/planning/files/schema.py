"""The columns of a concept's document. JSON keys are English, headings in spreadsheets German, both for ever the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from .. import catalogue
from ..models import (
    ConceptKind,
    CostLine,
    Goal,
    Light,
    Measure,
    Need,
    Resource,
    Stage,
)

Kind = Literal["line", "text", "yes_no", "day", "whole", "decimal", "cents", "choice", "list"]
Row = dict[str, Any]
Document = dict[str, list[Row]]


@dataclass(frozen=True)
class Column:
    """name     in JSON and, unless `fills` says another, of the model's field
    heading  in spreadsheets
    default  what a row means that leaves the column out; not written
    choices  code → what spreadsheets say
    """

    name: str
    heading: str
    kind: Kind = "line"
    longest: int = 300
    default: Any = ""
    choices: Mapping[str, str] | None = None
    low: int | None = None
    high: int | None = None
    required: bool = False
    fills: str = ""

    @property
    def field(self) -> str:
        return self.fills or self.name


@dataclass(frozen=True)
class Section:
    """names  the column by which people call a row"""

    name: str
    heading: str
    columns: tuple[Column, ...]
    names: str = "title"

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)


def _day(name: str, heading: str, **more) -> Column:
    return Column(name, heading, "day", default=None, **more)


def _text(name: str, heading: str) -> Column:
    return Column(name, heading, "text", longest=20_000)


def _list(name: str, heading: str) -> Column:
    return Column(name, heading, "list", default=[])


def _yes(name: str, heading: str, default: bool = False) -> Column:
    return Column(name, heading, "yes_no", default=default)


def _choice(name: str, heading: str, words: dict[str, str], default: str) -> Column:
    return Column(name, heading, "choice", choices=words, default=default)


def _whole(name: str, heading: str, low: int, high: int, default: int | None = None, **more) -> Column:
    return Column(name, heading, "whole", low=low, high=high, default=default, **more)


def _decimal(name: str, heading: str) -> Column:
    return Column(name, heading, "decimal", default=None)


def _cents(name: str, heading: str, default: int | None) -> Column:
    return Column(name, heading, "cents", default=default, low=0)


TITLE = Column("title", "Titel", required=True)
PUBLIC = _yes("is_public", "Öffentlich")
FIELDS = _list("fields", "Handlungsfelder")

SECTIONS: tuple[Section, ...] = (
    Section("concept", "Konzept", (
        Column("slug", "Kurzname", longest=60, required=True),
        TITLE,
        _text("summary", "Kurz gefasst"),
        _choice("kind", "Art", dict(zip(ConceptKind.values, ("Integrationskonzept", "andere Strategie"), strict=True)), "integration"),
        _whole("confirm_every_months", "Veraltet nach Monaten", 1, 120, 12),
        PUBLIC,
    )),
    Section("teams", "Teams", (
        Column("number", "Nummer", longest=20),
        Column("name", "Name", longest=200, required=True),
        _yes("is_department", "Fachbereich", True),
        PUBLIC,
    ), names="name"),
    Section("fields", "Handlungsfelder", (
        Column("name", "Name", required=True),
        _text("description", "Beschreibung"),
        Column("code", "Code", "choice", choices={code: code for code in ("", *catalogue.FIELDS)}, fills="catalogue_code"),
        _list("topics", "Themen"),
        _yes("is_detailed", "Ausgearbeitet", True),
    ), names="name"),
    Section("resources", "Ressourcen", (
        TITLE,
        _choice("kind", "Art", dict(zip(Resource.Kind.values, ("Menschen", "Angebot", "Netzwerk", "Material", "Ort", "Wohnraum", "Stelle", "Sonstiges"), strict=True)), "other"),
        _text("description", "Beschreibung"),
        Column("organisation", "Organisation im Verzeichnis"),
        Column("offer", "Angebot im Verzeichnis"),
        PUBLIC,
    )),
    Section("resource_entries", "Ressourcen je Handlungsfeld", (
        Column("field", "Handlungsfeld", required=True),
        Column("resource", "Ressource", required=True),
    ), names="resource"),
    Section("needs", "Bedarfe", (
        TITLE,
        FIELDS,
        _text("description", "Beschreibung"),
        _text("evidence", "Beleg"),
        Column("quarter", "Ortsteil", fills="space"),
        _whole("urgency", "Dringlichkeit (1 bis 3)", 1, 3, 2),
        _choice("state", "Stand", dict(zip(Need.State.values, ("neu", "anerkannt", "wird gedeckt", "gedeckt", "abgelehnt"), strict=True)), "new"),
        _text("rejected_reason", "Grund der Ablehnung"),
        _text("met_by", "Wodurch gedeckt"),
        _day("noticed_on", "Festgestellt am"),
        PUBLIC,
    )),
    Section("measures", "Maßnahmen", (
        TITLE,
        FIELDS,
        _list("needs", "Bedarfe"),
        _list("goals", "Ziele"),
        _list("resources", "Nutzt Ressourcen"),
        _text("what", "Was getan wird"),
        _choice("stage", "Stand", dict(zip(Stage.values, ("vorgeschlagen", "priorisiert", "beschlossen", "läuft", "abgeschlossen", "abgebrochen"), strict=True)), "proposed"),
        _text("stopped_reason", "Grund des Abbruchs"),
        _day("starts_on", "Beginn"),
        _day("ends_on", "Ende"),
        Column("lead", "Federführung", fills="lead_team"),
        _list("takes_part", "Wirken mit"),
        _list("informed", "Werden informiert"),
        _list("partners", "Partner"),
        _decimal("hours_per_week", "Stunden je Woche"),
        Column("quarter", "Ortsteil", fills="space"),
        _day("review_on", "Überprüfung am"),
        _text("review_how", "Art der Überprüfung"),
        _text("audience", "Für wen"),
        _text("audience_mix", "Wer wem begegnen soll"),
        _text("after_the_end", "Was nach dem Ende bleibt"),
        _yes("incentive", "Anreiz"),
        Column("incentive_body", "Anreiz für"),
        _text("incentive_result", "Ergebnis des Anreizes"),
        _choice("manual_light", "Farbe von Hand", dict(zip(Light.values, ("wie berechnet", "grün", "gelb", "rot"), strict=True)), ""),
        _text("manual_comment", "Grund der Farbe"),
        _whole("score_urgency", "Punkte Dringlichkeit", 1, 5),
        _whole("score_reach", "Punkte Reichweite", 1, 5),
        _whole("score_cost", "Punkte Kosten", 1, 5),
        _whole("score_readiness", "Punkte Umsetzungsreife", 1, 5),
        _whole("rank_override", "Rang von Hand", 0, 32_767),
        _text("rank_reason", "Grund des Rangs"),
        _text("internal_notes", "Interne Notizen"),
        PUBLIC,
    )),
    Section("goals", "Ziele", (
        TITLE,
        FIELDS,
        _choice("evidence_kind", "Woran man es erkennt", dict(zip(Goal.Evidence.values, ("noch nicht vereinbart", "Kennzahl", "in Worten"), strict=True)), ""),
        Column("indicator_name", "Kennzahl"),
        Column("unit", "Einheit", longest=60),
        _decimal("baseline", "Ausgangswert"),
        _day("baseline_on", "Gemessen am"),
        _decimal("target", "Zielwert"),
        _day("target_on", "Zu erreichen bis"),
        _choice("direction", "Richtung", dict(zip(Goal.Direction.values, ("mehr ist besser", "weniger ist besser"), strict=True)), "up"),
        _text("qualitative", "Beleg in Worten"),
        _day("agreed_on", "Vereinbart am"),
        PUBLIC,
    )),
    Section("milestones", "Meilensteine", (
        Column("measure", "Maßnahme", required=True),
        TITLE,
        _day("due_on", "Fällig am", required=True),
        _day("done_on", "Erledigt am"),
    )),
    Section("costs", "Kosten", (
        Column("measure", "Maßnahme", required=True),
        _whole("year", "Jahr", 1990, 2200, required=True),
        Column("label", "Wofür", required=True),
        Column("source", "Aus welchen Mitteln"),
        _choice("kind", "Art", dict(zip(CostLine.Kind.values, ("Personalkosten", "Sachkosten", "sonstige Kosten"), strict=True)), "other"),
        _cents("planned_cents", "Geplant in Euro", None),
        _cents("spent_cents", "Ausgegeben in Euro", 0),
        _yes("is_secured", "Zugesagt"),
        _day("secured_until", "Zugesagt bis"),
    ), names="label"),
    Section("goal_values", "Werte der Ziele", (
        Column("goal", "Ziel", required=True),
        _day("on", "Am", required=True),
        Column("value", "Wert", "decimal", default=None, required=True),
        Column("note", "Anmerkung"),
    ), names="goal"),
    Section("texts", "Übersetzungen", (
        Column("kind", "Art", "choice", choices={"concept": "Konzept", "field": "Handlungsfeld", "need": "Bedarf", "goal": "Ziel", "measure": "Maßnahme"}, required=True),
        Column("record", "Wovon", required=True),
        Column("text", "Text", "choice", choices={
            "title": "Titel", "name": "Name", "summary": "Kurz gefasst", "description": "Beschreibung", "what": "Was getan wird",
            "rejected_reason": "Grund der Ablehnung", "stopped_reason": "Grund des Abbruchs", "qualitative": "Beleg in Worten",
        }, required=True),
        Column("language", "Sprache", longest=35, required=True),
        Column("words", "Übersetzung", "text", longest=20_000, required=True),
        _choice("state", "Stand", {"in_work": "in Arbeit", "human": "von einem Menschen", "machine": "maschinell, ungeprüft"}, "human"),
        _text("source", "Übersetzt aus, wenn seitdem geändert"),
        Column("origin", "Übersetzt von", longest=200),
    ), names="record"),
)  # fmt: skip

BY_NAME: Mapping[str, Section] = {section.name: section for section in SECTIONS}
BY_HEADING: Mapping[str, Section] = {section.heading: section for section in SECTIONS}
MODELS: Mapping[str, type[Any]] = {"resources": Resource, "needs": Need, "goals": Goal, "measures": Measure}


def slim(section: Section, values: Row) -> Row:
    """A row without what says nothing, in the order of the columns: how it stands in a document."""
    return {
        column.name: values[column.name]
        for column in section.columns
        if column.name in values and (column.required or values[column.name] != column.default)
    }
