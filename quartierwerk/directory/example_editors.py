"""Who enters for an organisation of the example town, and which dates of the calendar are an organisation's own."""

from quartierwerk.calendar.models import PublicDate
from quartierwerk.people.example import PASSWORD
from quartierwerk.people.models import Account, Membership
from quartierwerk.rights import Role
from quartierwerk.tenants import example
from quartierwerk.tenants.models import Tenant

from .models import Organisation

# Part before the @, name, organisation; invented like everything here.
EDITORS = [("verein", "Amal Haddad", "Sprachhaus Leine e. V.")]


@example.part(order=55)
def editors(town: Tenant) -> None:
    named = dict(Organisation.objects.values_list("name", "pk"))
    for local, name, organisation in EDITORS:
        if organisation in named:
            account = Account.objects.create_user(
                email=f"{local}@{town.slug}.example", password=PASSWORD, name=name, is_example=True
            )
            Membership.objects.create(
                tenant=town,
                account=account,
                role=Role.ORGANISATION_EDITOR,
                organisation_id=named[organisation],
            )
    for date in PublicDate.objects.filter(organiser__in=named):
        date.organisation_id = named[date.organiser]
        date.save(update_fields=["organisation_id"])
