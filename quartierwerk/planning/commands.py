"""`quartierwerk planning import|export`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from quartierwerk import cli

if TYPE_CHECKING:
    from quartierwerk.tenants.models import Tenant

    from .files.importing import Result
    from .models import Concept, Edition

SHOWN = 20  # findings printed; --json has them all


def add_commands(commands) -> None:
    planning = commands.add_parser("planning", help="the concept, in and out")
    verbs = planning.add_subparsers(dest="verb", metavar="VERB", required=True)
    verb = verbs.add_parser(
        "import",
        help="read a concept: fields, resources, needs, measures, goals",
        description="Read a concept. A second time nothing changes. Rows with errors are left out and listed.",
    )
    verb.add_argument("path", metavar="PATH", type=Path)
    verb.add_argument("--tenant", required=True, metavar="SLUG", help="municipality that gets the concept")
    verb.add_argument("--format", required=True, choices=("json", "xlsx"))
    verb.add_argument(
        "--mapping",
        type=Path,
        metavar="FILE",
        help='JSON: which column fills what, and which field a name means: {"fields": {"Wohnen": "Wohnen und Leben"}}',
    )
    verb.add_argument("--dry-run", action="store_true", help="print the report and store nothing")
    verb.add_argument("--json", action="store_true", help="print the whole report as JSON")
    verb.set_defaults(run=_import, needs_django=True)
    verb = verbs.add_parser("export", help="write the concept to a file")
    verb.add_argument("--tenant", required=True, metavar="SLUG")
    verb.add_argument("--concept", default="", metavar="SLUG", help="which one, where there are several")
    verb.add_argument(
        "--format",
        required=True,
        metavar="FORMAT",
        help="json, csv, xlsx with all records; pdf, docx, html with the public ones",
    )
    verb.add_argument("--edition", metavar="N", help="the adopted edition of this number, as it was frozen")
    verb.add_argument(
        "--lang",
        default="",
        metavar="TAG",
        help="language of a pdf, docx or html (default: the municipality's)",
    )
    verb.add_argument("-o", "--output", required=True, type=Path, metavar="PATH")
    verb.add_argument("--json", action="store_true", help="print the numbers of records as JSON")
    verb.set_defaults(run=_export, needs_django=True)


def _import(options: argparse.Namespace) -> int:
    from django.utils import translation

    from quartierwerk.journal.context import during
    from quartierwerk.rights import worker
    from quartierwerk.tenants import scope
    from quartierwerk.tenants.commands import wanted

    from .files import columns, importing, reading
    from .files.parsing import WrongFile

    tenant, job = wanted(options.tenant), "planning import command"
    with translation.override("en"), scope.entered(scope.staff(tenant)), during(job=job):
        try:
            mapping = (
                columns.mapping_from_json(_bytes(options.mapping).decode("utf-8-sig", "replace"))
                if options.mapping
                else None
            )
            read = reading.read(_bytes(options.path), options.format, mapping)
        except WrongFile as refusal:
            result = importing.Result(refusal=str(refusal), dry_run=options.dry_run)
        else:
            by = worker(job, tenant.pk)
            answers = mapping.fields if mapping else None
            result = importing.import_read(read, by=by, answers=answers, dry_run=options.dry_run)
        print(
            json.dumps(result.as_data(), ensure_ascii=False, indent=1)
            if options.json
            else "\n".join(_in_words(result))
        )
        if result.refusal:
            raise cli.Refused(result.refusal)
        if result.questions:
            raise cli.Refused(_how_to_answer(result))
    return 0


def _in_words(result: Result) -> list[str]:
    lines = []
    for name, counted in result.counts.items():
        states = ", ".join(
            f"{counted[state]} {state.replace('_', ' ')}"
            for state in ("added", "changed", "unchanged", "left_out")
            if counted[state]
        )
        lines.append(f"{name}: {states}")
    for finding in result.findings[:SHOWN]:
        title = f" “{finding.title}”" if finding.title else ""
        lines.append(f"  {finding.section}, row {finding.row}{title}: {finding.sentence}")
    if len(result.findings) > SHOWN:
        lines.append(f"  … and {len(result.findings) - SHOWN} more; --json lists them all.")
    if result.dry_run and not result.refusal:
        lines.append("Dry run: nothing was stored.")
    elif result.stored and not result.changes:
        lines.append("Nothing changed.")
    return lines


def _how_to_answer(result: Result) -> str:
    answers = {question.name: question.proposal or None for question in result.questions}
    known = ", ".join(result.questions[0].known)
    return (
        f"The concept has no field of action named {', '.join(f'“{name}”' for name in answers)}. It has: {known}. "
        "Nothing was stored. Say what each name means in a file and give it with --mapping FILE (null makes a new field): "
        + json.dumps({"fields": answers}, ensure_ascii=False)
    )


def _export(options: argparse.Namespace) -> int:
    from django.utils import translation

    from quartierwerk.documents.fonts import FontsMissing
    from quartierwerk.tenants import scope
    from quartierwerk.tenants.commands import wanted

    from .paper.formats import FORMATS

    if options.format not in FORMATS:
        raise cli.Refused(
            f"“{options.format}” is no format of a concept. Known are: {', '.join(sorted(FORMATS))}."
        )
    tenant = wanted(options.tenant)
    with translation.override("de"), scope.entered(scope.staff(tenant)):
        try:
            content, counts = _exported(options, tenant)
            options.output.write_bytes(content)
        except FontsMissing as refusal:
            raise cli.Refused(str(refusal)) from None
        except OSError as refusal:
            raise cli.Refused(f"The file {options.output} cannot be written: {refusal.strerror}.") from None
    if options.json:
        told = {"tenant": tenant.slug, "format": options.format, "path": str(options.output), **counts}
        print(json.dumps(told))
    else:
        print(f"Wrote {', '.join(f'{count} {name}' for name, count in counts.items())} to {options.output}.")
    return 0


def _exported(options: argparse.Namespace, tenant: Tenant) -> tuple[bytes, dict[str, int]]:
    """The file, and how many records of each kind it holds."""
    from django.utils import timezone

    from .files.exporting import document_of
    from .files.writers import WRITERS
    from .paper import formats, state

    concept, lang = _concept(options, tenant), _language(options, tenant)
    if options.edition is None and options.format in WRITERS:
        document = document_of(concept)
        counts = {name: len(rows) for name, rows in document.items() if name != "concept"}
        return WRITERS[options.format](document), counts
    if options.edition is None:
        told = state.of_today(concept, tenant, lang, timezone.localdate())
    else:
        told = state.of_edition(_edition(options.edition, concept), tenant, lang)
    counts = {name: len(rows) for name, rows in told.picture.items() if isinstance(rows, list)}
    return formats.written(told, options.format), counts


def _concept(options: argparse.Namespace, tenant: Tenant) -> Concept:
    from .models import Concept

    rows = Concept.objects.filter(slug=options.concept) if options.concept else Concept.objects.all()
    concept = rows.first()
    if concept is None:
        raise cli.Refused(f"{tenant.name} has no such concept.")
    return concept


def _edition(number: str, concept: Concept) -> Edition:
    from .models import Edition

    adopted = Edition.objects.filter(concept=concept, state=Edition.State.ADOPTED).select_related("concept")
    if number.isdecimal() and len(number) < 5 and (found := adopted.filter(number=int(number)).first()):
        return found
    known = ", ".join(map(str, adopted.order_by("number").values_list("number", flat=True)))
    there = f"Adopted are: {known}." if known else "None is adopted yet."
    raise cli.Refused(f"The concept has no adopted edition {number}. {there}")


def _language(options: argparse.Namespace, tenant: Tenant) -> str:
    from quartierwerk.languages.interface import BY_CODE

    lang = options.lang or tenant.source_language
    if lang not in BY_CODE:
        raise cli.Refused(f"Papers are not written in “{lang}”. Known are: {', '.join(BY_CODE)}.")
    return lang


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as refusal:
        raise cli.Refused(f"The file {path} cannot be read: {refusal.strerror}.") from None
