"""The report of an import in sentences, for the command and the wizard."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .running import Result, TableReport
from .targets import KINDS, kind_name


def of_table(table: TableReport) -> str:
    """Name, kind and counts of one table in a line."""
    counts = table.report.counts()
    kind = kind_name(table.kind) if table.kind in KINDS else table.kind or _("not read")  # type: ignore[arg-type]
    rows = ngettext("%(rows)s row", "%(rows)s rows", counts["rows"]) % counts
    return _("%(title)s (%(kind)s): %(rows)s – %(ok)s fine, %(warn)s with a note, %(error)s left out.") % {
        **counts,
        "title": table.title,
        "kind": kind,
        "rows": rows,
    }


def of_records(result: Result) -> list[str]:
    names = {
        "organisations": _("Organisations"),
        "locations": _("Locations"),
        "offers": _("Offers"),
    }
    return [
        _("%(name)s: %(added)s new, %(changed)s changed, %(unchanged)s unchanged.")
        % {"name": names[model], **{key: counts.get(key, 0) for key in ("added", "changed", "unchanged")}}
        for model, counts in result.records.items()
    ]


def outcome(result: Result) -> str:
    if result.dry_run:
        return _("This was a dry run: nothing has been stored.")
    if result.stored:
        return _("Everything that is fine has been stored.")
    return _("Nothing has been stored.")


def in_words(result: Result) -> list[str]:
    lines = []
    if result.suggested:
        lines.append(_("No mapping was given; the columns were taken by their names:"))
    elif result.mapping:
        lines.append(_("Read with the mapping “%(name)s”.") % {"name": result.mapping})
    lines += result.notes
    for table in result.tables:
        lines.append(of_table(table))
        lines += table.report.notes
    return [*lines, *of_records(result), outcome(result)]
