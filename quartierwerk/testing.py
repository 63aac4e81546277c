"""One cast for all tests: a Region, two municipalities, each role once in the first, and a neighbour.

cast.town, cast.other, cast.region      tenants
cast.middle, cast.old                   two quarters of the town
cast.account[Role.COORDINATOR]          an account with that role in the town
cast.neighbour                          a coordinator of the other town, who must see nothing of ours
cast.person(Role.COORDINATOR)           the acting person, as views get it
with cast.in_town(): …                  the staff scope of the town
"""

from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import connection

from quartierwerk.languages.names import sort_key
from quartierwerk.people.allauth_adapter import FactorAdapter
from quartierwerk.people.models import Account, Membership
from quartierwerk.people.persons import person_of
from quartierwerk.places.models import SocialSpace
from quartierwerk.rights import Person, Role
from quartierwerk.rights.roles import BOUND_TO_SPACE
from quartierwerk.rights.table import NEED_SECOND_FACTOR
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant, Visibility

PASSWORD = "ein-langes-beispiel-wort"  # noqa: S105
TOTP_KEY = "JBSWY3DPEHPK3PXP"


@dataclass
class Cast:
    region: Tenant
    town: Tenant
    other: Tenant
    middle: SocialSpace
    old: SocialSpace
    account: dict[Role, Account] = field(default_factory=dict)
    neighbour: Account | None = None

    def person(self, role: Role) -> Person:
        return person_of(self.account[role], self.town.pk)

    def in_town(self):
        return scope.entered(scope.staff(self.town))

    def in_other(self):
        return scope.entered(scope.staff(self.other))

    def at_portal(self):
        return scope.entered(scope.portal(self.town))


def cast() -> Cast:
    """In few statements: nearly every test begins with this."""
    region, town, other = _tenants()
    with scope.entered(scope.staff(town)):
        middle, old = SocialSpace.objects.bulk_create(
            SocialSpace(name=name, sort_key=sort_key(name), visibility=Visibility.PUBLIC, position=position)
            for position, name in enumerate(("Mitte", "Altdorf"), start=1)
        )
    people = Cast(region=region, town=town, other=other, middle=middle, old=old)
    people.account = {
        role: _account(f"{role.value}@musterstadt.example", f"Muster {role.label}") for role in Role
    }
    people.neighbour = _account("koordination@nachbarstadt.example", "Nadja Nachbar")
    _store(people, people.neighbour)
    return people


def _tenants() -> list[Tenant]:
    """As `Tenant.save` leaves them, which asks for each number before it knows the line above."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence('tenants_tenant', 'id')) from generate_series(1, 3)"
        )
        first, second, third = (row[0] for row in cursor.fetchall())
    region = Tenant(
        pk=first, slug="musterregion", name="Musterregion", kind=Tenant.Kind.REGION, lineage=[first]
    )
    town = Tenant(
        pk=second,
        slug="musterstadt",
        name="Musterstadt",
        parent=region,
        lineage=[second, first],
        postcodes=["30999"],
        languages=["de", "ar", "uk", "ti"],
        contact_office="Koordinierungsstelle Integration",
        contact_phone="0511 000 41 20",
        contact_hours="Mo bis Do 9–15 Uhr",
    )
    other = Tenant(
        pk=third,
        slug="nachbarstadt",
        name="Nachbarstadt",
        parent=region,
        lineage=[third, first],
        postcodes=["30998"],
    )
    return Tenant.objects.bulk_create([region, town, other])


def _account(email: str, name: str) -> Account:
    account = Account(email=email, name=name)
    account.set_password(PASSWORD)
    return account


def _store(people: Cast, neighbour: Account) -> None:
    everybody = [*people.account.values(), neighbour]
    Account.objects.bulk_create(everybody)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=account, email=account.email, verified=True, primary=True) for account in everybody
    )
    Membership.objects.bulk_create(
        [
            *(
                Membership(
                    tenant=people.town,
                    account=account,
                    role=role,
                    space=people.middle if role in BOUND_TO_SPACE else None,
                )
                for role, account in people.account.items()
            ),
            Membership(tenant=people.other, account=neighbour, role=Role.COORDINATOR),
        ]
    )
    # Whose role needs a second factor has one, so that tests sign in with `force_login` and meet the pages.
    secret = FactorAdapter().encrypt(TOTP_KEY)
    Authenticator.objects.bulk_create(
        Authenticator(user=account, type=Authenticator.Type.TOTP, data={"secret": secret})
        for account in (
            *(account for role, account in people.account.items() if role in NEED_SECOND_FACTOR),
            neighbour,
        )
    )
