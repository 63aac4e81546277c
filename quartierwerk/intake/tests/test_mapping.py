import json
from datetime import date, time
from decimal import Decimal

import pytest

from quartierwerk.intake.mapping import (
    Mapping,
    Source,
    Target,
    WrongMapping,
    apply,
    mapping_from_json,
    suggest,
)
from quartierwerk.intake.reading import open_table

TARGETS = (
    Target("title", "Title", required=True, names=("Name", "Verein"), max_length=80),
    Target("since", "Since", kind="date"),
    Target("budget", "Budget", kind="amount"),
    Target("hours", "Hours", kind="lines"),
    Target("languages", "Languages", kind="language", many=True, on_bad="warn"),
    Target("place", "Place", kind="coordinates"),
    Target("homepage", "Homepage", kind="url", on_bad="warn"),
    Target("country", "Country"),
)
SOURCES = {
    "title": Source(("Verein",)),
    "since": Source(("Seit",)),
    "budget": Source(("Betrag",)),
    "country": Source(constant="DE"),
}
HEADER = "Verein;Seit;Betrag;Bemerkung\n"


def read(body, sources=None, header=HEADER):
    return apply(
        Mapping(sources or SOURCES),
        open_table((header + body).encode("cp1252")),
        TARGETS,
        source="partner.csv",
    )


def findings(report):
    return [(row.row, finding.state, finding.field) for row, finding in report.findings()]


def test_a_partner_list_from_a_german_spreadsheet_comes_in():
    records, report = read("Bürgerverein;14.5.26;1.250,00;x\nGrüne Höfe;;;\n")
    assert records[0].values == {
        "title": "Bürgerverein",
        "since": date(2026, 5, 14),
        "budget": 125_000,
        "country": "DE",
    }
    assert records[1].values == {"title": "Grüne Höfe", "country": "DE"}
    assert report.counts() == {"rows": 2, "ok": 2, "warn": 0, "error": 0, "empty": 0}


def test_every_bad_row_is_named_and_every_row_counts_once():
    records, report = read(
        "Gut;14.5.26;1.250,00;x\n"
        "Tag;31.02.2026;;\n"
        "\n"
        "Zahl;;12.50;\n"
        ";1.1.26;5;\n"
        '"=HYPERLINK(""http://x"")";;;\n'
        "Nur Bemerkung;;;=1+1\n"
        "Zu lang;;;;;mehr\n"
        "Zu kurz;\n"
        "Unsinn;bald;viel;\n"
    )
    assert findings(report) == [
        (3, "error", "since"), (5, "error", "budget"), (6, "error", "title"), (7, "error", "Verein"), (8, "warn", "Bemerkung"),
        (9, "error", ""), (10, "warn", ""), (11, "error", "since"), (11, "error", "budget"),
    ]  # fmt: skip
    assert [record.row for record in records] == [2, 8, 10]
    counts = report.counts()
    assert counts == {"rows": 9, "ok": 1, "warn": 2, "error": 6, "empty": 1}
    assert counts["rows"] == counts["ok"] + counts["warn"] + counts["error"]
    by_row = {row.row: row for row in report.rows}
    assert "28.02.2026" in by_row[3].findings[0].advice
    assert "12,50 €" in by_row[5].findings[0].sentence
    assert "1.250,00 €" in by_row[5].findings[0].sentence
    assert by_row[7].findings[0].typed.startswith("=HYPERLINK")
    assert all(finding.sentence and finding.advice for _row, finding in report.findings())


def test_the_report_is_json_with_all_rows():
    _records, report = read("Gut;;;\nTag;31.02.2026;;\n")
    report.rows[0].outcome = "created"
    data = json.loads(report.as_json())
    assert data["counts"]["rows"] == len(data["rows"]) == 2
    assert data["outcomes"] == {"created": 1}
    assert data["rows"][1]["findings"][0]["typed"] == "31.02.2026"
    assert data["rows"][1]["state"] == "error"


def test_a_missing_column_refuses_the_whole_file_and_names_a_likely_one():
    with pytest.raises(WrongMapping) as refusal:
        read("A;14.5.26;1;\n", header="Verein;seit;Summe;Bemerkung\n")
    assert len(refusal.value.sentences) == 2
    assert "“seit”" in refusal.value.sentences[0]
    assert "The file has" in refusal.value.sentences[1]


def test_an_optional_column_may_be_missing():
    sources = {**SOURCES, "homepage": Source(("Web",), optional=True)}
    records, _report = read("A;;;\n", sources)
    assert "homepage" not in records[0].values


def test_a_required_field_needs_a_column():
    with pytest.raises(WrongMapping, match="Title"):
        read("A;;;\n", {"since": Source(("Seit",))})


def test_cells_with_several_values_are_split_and_translated():
    sources = {
        "title": Source(("Verein",)),
        "languages": Source(
            ("Sprachen",), split=";", translate={"Deutsch": "de", "arabisch": "ar"}, unknown="warn"
        ),
    }
    records, report = read(
        'A;"deutsch; Arabisch ;Deutsch;Klingonisch"\n', sources, header="Verein;Sprachen\n"
    )
    assert records[0].values["languages"] == ["de", "ar"]
    assert findings(report) == [(2, "warn", "languages")]


def test_several_columns_are_joined_and_defaults_fill_gaps():
    sources = {
        "title": Source(("Verein", "Ort"), join=", "),
        "hours": Source(("Zeiten",), default="nach Vereinbarung"),
    }
    records, _report = read('A;Rethen;"Mo 9-12\nDi 10-12"\nB;;\n', sources, header="Verein;Ort;Zeiten\n")
    assert [record.values for record in records] == [
        {"title": "A, Rethen", "hours": "Mo 9-12\nDi 10-12"},
        {"title": "B", "hours": "nach Vereinbarung"},
    ]


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ("48.08696;11.827109", (48.08696, 11.827109)), ("52,3;9,8", (52.3, 9.8)), ("-33;151.2", (-33.0, 151.2)),
        ("91;0", None), ("52,3;", None), ("nord;süd", None), ("5.230.000;9", None),
    ],
)  # fmt: skip
def test_coordinates_are_read_with_point_or_comma(cells, place):
    sources = {"title": Source(("Verein",)), "place": Source(("lat", "long"))}
    records, report = read(f"A;{cells}\n", sources, header="Verein;lat;long\n")
    if place is None:
        assert findings(report) == [(2, "error", "place")]
    else:
        assert records[0].values["place"] == place


def test_coordinates_may_share_a_cell():
    sources = {"title": Source(("Verein",)), "place": Source(("Ort",))}
    records, _report = read('A;52.3,9.8\nB;"52,3 9,8"\nC;"52.3, 9.8"\n', sources, header="Verein;Ort\n")
    assert [record.values["place"] for record in records] == [(52.3, 9.8)] * 3


def test_a_mapping_may_say_how_a_file_writes_numbers_and_days():
    sources = {
        "title": Source(("Verein",)),
        "budget": Source(("Betrag",), numbers="english"),
        "since": Source(("Seit",), dates="american"),
    }
    records, report = read("A;12/24/2015;1,234.50;\nB;13/13/15;1.234,50;\n", sources)
    assert records[0].values["budget"] == 123_450
    assert records[0].values["since"] == date(2015, 12, 24)
    assert findings(report) == [(3, "error", "since"), (3, "error", "budget")]


def test_addresses_on_the_web_are_completed_or_left_out_with_a_warning():
    sources = {"title": Source(("Verein",)), "homepage": Source(("Web",))}
    records, report = read(
        'A;www.example.org\nB;"\nhttp://example.org/x?id=0,229"\nC;javascript:alert(1)\n',
        sources,
        "Verein;Web\n",
    )
    assert [record.values.get("homepage") for record in records] == [
        "https://www.example.org", "http://example.org/x?id=0,229", None,
    ]  # fmt: skip
    assert findings(report) == [(4, "warn", "homepage")]


def test_other_kinds_of_values():
    targets = (
        Target("title", "T", required=True), Target("n", "N", kind="whole"), Target("d", "D", kind="decimal"),
        Target("t", "U", kind="time"), Target("y", "Y", kind="yes_no"), Target("m", "M", kind="email"),
    )  # fmt: skip
    sources = {name: Source((name,)) for name in ("title", "n", "d", "t", "y", "m")}
    body = b"title;n;d;t;y;m\nA;3.694;0,5;14.30 Uhr;ja;a@example.org\nB;1,5;0.5;abends;vielleicht;a@b\n"
    records, report = apply(Mapping(sources), open_table(body), targets)
    assert records[0].values == {
        "title": "A",
        "n": 3694,
        "d": Decimal("0.5"),
        "t": time(14, 30),
        "y": True,
        "m": "a@example.org",
    }
    assert [field for _row, _state, field in findings(report)] == ["n", "d", "t", "y", "m"]


def test_a_text_that_is_too_long_is_refused():
    _records, report = read("x" * 81 + ";;;\n")
    assert findings(report) == [(2, "error", "title")]


def test_mappings_survive_being_stored():
    mapping = Mapping(
        {
            **SOURCES,
            "languages": Source(
                ("S",), split=";", translate={"Deutsch": "de"}, unknown="error", optional=True
            ),
        },
        name="Partnerliste",
        sheet="Liste",
    )
    assert mapping_from_json(mapping.as_json()) == mapping
    short = mapping_from_json(
        '{"fields": {"title": "Verein", "place": {"columns": ["lat", "long"]}, "x": {"column": "y"}}}'
    )
    assert short.sources["title"] == Source(("Verein",))
    assert short.sources["x"] == Source(("y",))


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", '{"fields": []}', '{"fields": {"a": 5}}', '{"fields": {"a": {}}}', '{"fields": {"a": {"columns": [1]}}}',
        '{"fields": {"a": {"column": "b", "magic": true}}}', '{"fields": {"a": {"column": "b", "numbers": "french"}}}',
        '{"fields": {"a": {"column": "b", "translate": {"x": 1}}}}', '{"version": 99, "fields": {}}',
        '{"fields": {"a": {"column": "b", "split": 1}}}', "{" * 10_000,
    ],
)  # fmt: skip
def test_broken_mappings_are_refused_in_sentences(text):
    with pytest.raises(WrongMapping) as refusal:
        mapping_from_json(text)
    assert all(sentence.endswith(".") for sentence in refusal.value.sentences)


def test_a_field_that_does_not_exist_is_named():
    with pytest.raises(WrongMapping, match="colour"):
        read("A;;;\n", {**SOURCES, "colour": Source(("Seit",))})


def test_a_first_draft_finds_columns_by_their_names():
    mapping = suggest(TARGETS, ["verein", "HOMEPAGE", "Languages", "Sonstiges"])
    assert mapping.sources == {
        "title": Source(("verein",)),
        "homepage": Source(("HOMEPAGE",)),
        "languages": Source(("Languages",), split=";"),
    }
