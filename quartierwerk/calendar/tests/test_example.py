from quartierwerk.calendar.models import ClosingDay, PublicDate
from quartierwerk.tenants import example_town, scope
from quartierwerk.tenants.models import Tenant


def test_the_example_town_has_dates_in_each_quarter(db):
    example_town.load()
    with scope.entered(scope.staff(Tenant.objects.get(slug="laatzen"))):
        dates = list(PublicDate.objects.select_related("space"))
        for date in dates:
            date.clean_fields(exclude=["tenant"])
        assert len({date.space.name for date in dates}) == 6
        assert sum(date.is_cancelled for date in dates) == 1
        assert ClosingDay.objects.exists()
