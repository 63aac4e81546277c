"""What became of every row of an import: in words for the person, as JSON for machines."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

State = Literal["ok", "warn", "error"]


@dataclass(frozen=True)
class Finding:
    """One thing to know about a row: what is wrong, what was typed, what to do. `field` is empty for the whole row."""

    state: Literal["warn", "error"]
    field: str
    sentence: str
    typed: str = ""
    advice: str = ""


@dataclass
class RowReport:
    """`row` is the number a person sees in the spreadsheet; `outcome` says what the import did with it, once it did."""

    row: int
    title: str = ""
    findings: list[Finding] = field(default_factory=list)
    outcome: str = ""
    changed: list[str] = field(default_factory=list)  # fields of a stored record that the row changes

    @property
    def state(self) -> State:
        states = {finding.state for finding in self.findings}
        return "error" if "error" in states else "warn" if "warn" in states else "ok"

    def warn(self, field: str, sentence: str, *, typed: str = "", advice: str = "") -> None:
        self.findings.append(Finding("warn", field, sentence, typed[:TYPED_SHOWN], advice))

    def refuse(self, field: str, sentence: str, *, typed: str = "", advice: str = "") -> None:
        self.findings.append(Finding("error", field, sentence, typed[:TYPED_SHOWN], advice))


TYPED_SHOWN = 200  # characters of what was typed; enough to find the place


@dataclass
class Report:
    """Every filled row below the header has exactly one entry, so the counts add up to what the file holds."""

    source: str
    rows: list[RowReport] = field(default_factory=list)
    empty_rows: int = 0
    notes: list[str] = field(default_factory=list)
    refusal: str = ""  # why the file as a whole was refused; then nothing was stored

    def row(self, number: int, title: str = "") -> RowReport:
        self.rows.append(RowReport(number, title))
        return self.rows[-1]

    def counts(self) -> dict[str, int]:
        states = Counter(row.state for row in self.rows)
        return {
            "rows": len(self.rows),
            **{state: states[state] for state in ("ok", "warn", "error")},
            "empty": self.empty_rows,
        }

    def outcomes(self) -> dict[str, int]:
        return dict(Counter(row.outcome for row in self.rows if row.outcome))

    def has_errors(self) -> bool:
        return bool(self.refusal) or any(row.state == "error" for row in self.rows)

    def findings(self) -> Iterable[tuple[RowReport, Finding]]:
        return ((row, finding) for row in self.rows for finding in row.findings)

    def as_data(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "refusal": self.refusal,
            "counts": self.counts(),
            "outcomes": self.outcomes(),
            "notes": self.notes,
            "rows": [
                {
                    "row": row.row,
                    "state": row.state,
                    "title": row.title,
                    "outcome": row.outcome,
                    "changed": row.changed,
                    "findings": [asdict(finding) for finding in row.findings],
                }
                for row in self.rows
            ],
        }

    def as_json(self) -> str:
        return json.dumps(self.as_data(), ensure_ascii=False, indent=1)
