"""`quartierwerk search`: the portal's search on the command line, one question or a file of them."""

import argparse
import csv
import json
import sys
from pathlib import Path

from quartierwerk import cli


def add_commands(commands) -> None:
    search = commands.add_parser("search", help="search a municipality's public records as visitors do")
    search.add_argument("words", nargs="*", help="what to look for")
    search.add_argument("--tenant", required=True, metavar="SLUG")
    search.add_argument("--lang", default="de", help="language of the reader (de)")
    search.add_argument(
        "--kind",
        default="",
        help="offers,pages,actors: what to look for (all but measures and fields of a plan)",
    )
    search.add_argument("--limit", type=int, default=10)
    search.add_argument("--json", action="store_true", help="print the hits as JSON")
    search.add_argument("--batch", type=Path, metavar="CSV", help="a file with columns qid, lang, question")
    search.add_argument("--rebuild", action="store_true", help="build the index anew first")
    search.set_defaults(run=_search, needs_django=True)


def _search(options: argparse.Namespace) -> int:
    from quartierwerk.languages.tags import NotALanguage, normal_tag
    from quartierwerk.tenants import scope
    from quartierwerk.tenants.commands import wanted

    from . import keeping, kinds
    from .index import Busy

    if bool(options.words) == bool(options.batch):
        print("quartierwerk: give either words or --batch FILE.", file=sys.stderr)
        return 2
    if options.limit < 1:
        print("quartierwerk: --limit takes a number above zero.", file=sys.stderr)
        return 2
    try:
        normal_tag(options.lang)
    except NotALanguage:
        print(
            f"quartierwerk: '{options.lang}' is no language; --lang takes for example de, ar, uk.",
            file=sys.stderr,
        )
        return 2
    tenant = wanted(options.tenant)
    asked = [name for name in options.kind.replace(",", " ").split() if name in kinds.names()]
    if options.kind and not asked:
        # Kinds of packages still to come find nothing; a mistyped one is told.
        known = ", ".join(kinds.names())
        raise cli.Refused(f"Nothing of the kind '{options.kind}' can be searched here; there are: {known}.")
    with scope.entered(scope.NOBODY):
        try:
            if options.rebuild:
                keeping.rebuild()
            elif keeping.is_stale():
                keeping.bring_up_to_date(wait=5.0)
        except Busy:
            pass  # somebody is writing: what is there is searched
    with scope.entered(scope.portal(tenant)):
        if options.batch:
            return _batch(options, asked)
        hits = _facts(" ".join(options.words), options.lang, asked, options.limit)
    if options.json:
        print(json.dumps(hits, ensure_ascii=False))
        return 0
    for hit in hits:
        print(f"{hit['title']}  [{hit['kind']}, {hit['lang']}]  {hit['why']}")
    if not hits:
        print("Nothing found.")
    return 0


def _facts(words: str, lang: str, asked: list[str], limit: int) -> list[dict]:
    from .asking import find

    hits, _count = find(words, lang=lang, only=asked, limit=limit)
    return [
        {
            "id": hit.id,
            "source_id": hit.source_id,
            "kind": hit.kind,
            "title": hit.title,
            "lang": hit.lang,
            "score": hit.score,
            "why": "; ".join(_why(match) for match in hit.why),
        }
        for hit in hits
    ]


def _why(match) -> str:
    of = f", synonym of {match.of}" if match.of else ""
    return f"{match.word} → {match.found} ({match.field}{of})"


def _batch(options: argparse.Namespace, asked: list[str]) -> int:
    try:
        with options.batch.open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise cli.Refused(f"The file {options.batch} cannot be read: {error}.") from None
    missing = {"qid", "lang", "question"} - set(rows[0] if rows else {})
    if missing:
        raise cli.Refused(
            f"The file lacks the column {', '.join(sorted(missing))}; it needs qid, lang, question."
        )
    for row in rows:
        hits = _facts(row["question"], row["lang"], asked, options.limit)
        print(json.dumps({"qid": row["qid"], "lang": row["lang"], "hits": hits}, ensure_ascii=False))
    return 0
