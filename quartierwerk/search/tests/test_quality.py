"""The search of the shipped example town answers the questions it may be tuned with; `held` is for the benchmark only."""

import pytest
from django.conf import settings

from bench import search_quality
from quartierwerk.search import asking, keeping
from quartierwerk.tenants import example_town, scope
from quartierwerk.tenants.models import Tenant

LEAST_SUCCESS, MOST_EMPTY, LEAST_EMPTY_NEGATIVES = 0.95, 0.02, 0.85


@pytest.mark.django_db
def test_judged_questions_find_a_fitting_offer_among_the_first_three(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "SEARCH_FOLDER", tmp_path / "search")
    keeping.index.cache_clear()
    example_town.load()
    with scope.entered(scope.NOBODY):
        keeping.rebuild()
    with scope.entered(scope.portal(Tenant.objects.get(slug=example_town.TOWN))):
        found = search_quality.outcomes(
            search_quality.read("tune") + search_quality.read("more"),
            lambda case: [hit.source_id for hit in asking.ask(case.question, lang=case.lang, limit=10).hits],
        )
    keeping.index.cache_clear()
    score = search_quality.score(found)
    wrong = [one.case.qid for one in found if one.case.relevant and not one.success(3)]
    assert score.success_at_3 >= LEAST_SUCCESS, wrong
    assert score.empty <= MOST_EMPTY * score.answerable, [one.case.qid for one in found if not one.found]
    assert score.negatives_empty >= LEAST_EMPTY_NEGATIVES * score.negatives


def test_scores_count_what_they_say():
    cases = [
        search_quality.Case("1", "de", "Kita", frozenset({"a", "b"}), "title"),
        search_quality.Case("2", "de", "Tauchen", frozenset(), "negative"),
    ]
    answers = {"1": ["x", "a", "b"], "2": []}
    score = search_quality.score(search_quality.outcomes(cases, lambda case: answers[case.qid]))
    assert (score.success_at_1, score.success_at_3, score.empty, score.negatives_empty) == (0, 1, 0, 1)
    assert score.ndcg == pytest.approx(0.693, abs=0.001)
