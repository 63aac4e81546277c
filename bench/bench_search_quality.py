"""How well the search answers judged questions about the example town, per language, worst first.

python -m bench search_quality [--split held] [--wrong]

The splits `tune` and `more` may be looked at while the search is changed (`--wrong` lists what fails); `held` is measured,
never read. Writes the section "Search quality" of RESULTS.md with all three.
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import database


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--split", choices=["tune", "more", "held"], help="only this one, without writing")
    options.add_argument("--wrong", action="store_true", help="list failing questions, never of held")
    asked = options.parse_args()
    with database.migrated(), TemporaryDirectory() as folder:
        from django.conf import settings

        settings.SEARCH_FOLDER = Path(folder)
        return _report([asked.split] if asked.split else ["tune", "more", "held"], asked.wrong)


def _report(splits: list[str], wrong: bool) -> int:
    from bench import search_quality
    from bench.results import machine, write_section
    from quartierwerk.search import keeping
    from quartierwerk.tenants import example_town, scope
    from quartierwerk.tenants.models import Tenant

    about = machine()
    example_town.load()
    with scope.entered(scope.NOBODY):
        keeping.rebuild()
    town = Tenant.objects.get(slug=example_town.TOWN)
    lines = [
        f"{about}. Questions about the example town (`bench/search_cases.csv`), judged by somebody who has not seen the search; "
        "asked as on its portal, without the model. The half `held` was never looked at while the search was tuned; `more` are "
        "further questions for tuning, written by who tuned it.",
    ]
    for split in splits:
        with scope.entered(scope.portal(town)):
            found = search_quality.outcomes(search_quality.read(split), _asked)
        lines += ["", f"### {split}", "", *_table(search_quality, found)]
        if wrong and split != "held":
            for one in found:
                if one.found if one.case.is_negative else not one.success(3):
                    print(one.case.qid, one.case.question, "→", *one.found[:4])
    text = "\n".join(lines)
    if len(splits) == 3:
        write_section("Search quality", text)
    print(text)
    return 0


def _asked(case) -> list[str]:
    from quartierwerk.search import asking

    return [hit.source_id for hit in asking.ask(case.question, lang=case.lang, limit=10).hits]


def _table(search_quality, found) -> list[str]:
    rows = [
        "| | questions | success@1 | success@3 | nDCG@10 | empty though something fits | nobody offers it: found nothing |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    groups = [
        ("**all**", search_quality.score(found)),
        *search_quality.by(found, "lang"),
        *search_quality.by(found, "kind"),
    ]
    for name, score in groups:
        negatives = f"{score.negatives_empty} of {score.negatives}" if score.negatives else "-"
        if not score.answerable:
            rows.append(f"| {name} | {score.negatives} | - | - | - | - | {negatives} |")
            continue
        rows.append(
            f"| {name} | {score.answerable} | {score.success_at_1:.2f} | {score.success_at_3:.2f} | {score.ndcg:.2f} "
            f"| {score.empty} | {negatives} |"
        )
    return rows


if __name__ == "__main__":
    sys.exit(main())
