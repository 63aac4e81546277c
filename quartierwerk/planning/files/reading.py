"""A file of any of the known formats read into rows."""

from django.utils.translation import gettext as _

from quartierwerk.intake.reading import open_table
from quartierwerk.intake.table import Table, Unreadable

from . import columns, sheets
from .columns import Mapping
from .parsing import Read, WrongFile, read_json

READ = ("json", "xlsx")


def read(content: bytes, format: str, mapping: Mapping | None = None) -> Read:
    """Raises WrongFile with a sentence on what to do."""
    if format == "json":
        return read_json(content)
    if format != "xlsx":
        raise WrongFile(_("A concept is read from JSON and XLSX."))
    table = first_table(content, mapping.sheet if mapping else "")
    if sheets.is_ours(table.sheets) and not (mapping and mapping.columns):
        return sheets.read_workbook(content, table.sheets)
    return columns.read_table(table, with_columns(mapping, table))


def first_table(content: bytes, sheet: str = "") -> Table:
    try:
        return open_table(content, format="xlsx", sheet=sheet or None)
    except Unreadable as refusal:
        raise WrongFile(refusal.sentence) from None


def with_columns(mapping: Mapping | None, table: Table) -> Mapping:
    """The mapping; without one for the columns, what the headings say themselves."""
    if mapping and mapping.columns:
        return mapping
    given = mapping or Mapping()
    return Mapping(columns.suggest(table), given.sheet, given.separators, given.fields)
