"""What the database itself keeps of a closed campaign, also from bulk writes."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ...models import Campaign
from ...tests import factories

pytestmark = pytest.mark.django_db
CLOSED = {"snapshot": {"asked": 2, "answered": 1}, "snapshot_sha256": "a" * 64}


@pytest.fixture
def closed(cast):
    with cast.in_town():
        campaign = factories.campaign()
        Campaign.objects.filter(pk=campaign.pk).update(frozen_at=timezone.now(), **CLOSED)
        yield campaign


@pytest.mark.parametrize(
    "values",
    [{"snapshot": {}}, {"title": "Andere"}, {"frozen_at": None}, {"redactions": 1, "title": "Andere"}],
)
def test_nothing_changes_a_closed_campaign(closed, values):
    with pytest.raises(IntegrityError, match="a closed campaign"), transaction.atomic():
        Campaign.objects.filter(pk=closed.pk).update(**values)


def test_a_closed_campaign_is_not_deleted(closed):
    with pytest.raises(IntegrityError, match="a closed campaign"), transaction.atomic():
        closed.delete()


def test_a_passage_is_taken_out_counted(closed):
    Campaign.objects.filter(pk=closed.pk).update(snapshot={"asked": 2}, redactions=1)
    assert Campaign.objects.get().snapshot == {"asked": 2}


@pytest.mark.parametrize("values", [{}, {"snapshot": {"asked": 1}}, {"snapshot_sha256": "a"}])
def test_no_campaign_closes_without_its_snapshot(cast, values):
    with cast.in_town():
        campaign = factories.campaign()
        with pytest.raises(IntegrityError, match="campaign_closed_with_snapshot"), transaction.atomic():
            Campaign.objects.filter(pk=campaign.pk).update(frozen_at=timezone.now(), **values)
