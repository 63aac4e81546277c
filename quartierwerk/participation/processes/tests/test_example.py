"""The example town asks two questions: one is voted on now, one was accounted for."""

import pytest
from django.utils import timezone

from quartierwerk.tenants import scope

from ...models import Ballot, Checked, Process, Proposal

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_one_process_runs_and_one_is_accounted_for(example, client):
    town = example()
    with scope.entered(scope.staff(town)):
        running, done = Process.objects.order_by("title")
        vote = running.votes.get()
        if timezone.now() < vote.phase.closes_at:
            assert Ballot.objects.filter(vote=vote).count() == 46
        assert done.votes.get().result["turnout"] == 143
        assert Proposal.objects.filter(state=Checked.RECEIVED).count() == 1
    for lang in ("de", "ar"):
        for one in (running, done):
            assert client.get(f"/{lang}/{town.slug}/voices/processes/{one.pk}/").status_code == 200
    text = client.get(f"/de/{town.slug}/voices/processes/{running.pk}/").content.decode()
    assert "Seidel" not in text
