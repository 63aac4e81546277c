"""Example accounts, one for each role one can try; `doctor` and production refuse to start while they exist."""

from quartierwerk.places.models import SocialSpace
from quartierwerk.rights import Role
from quartierwerk.tenants import example
from quartierwerk.tenants.models import Tenant

from .models import Account, Membership

PASSWORD = "beispiel-in-laatzen"  # noqa: S105 - printed at every start, for invented data only

# (part before the @, name, role, quarter); all names are invented.
TOWN = [
    ("koordination", "Eda Aydın", Role.COORDINATOR, ""),
    ("verwaltung", "Ruth Berger", Role.ADMINISTRATOR, ""),
    ("quartier", "Jonas Petersen", Role.COMMUNITY_WORKER, "Laatzen-Mitte"),
    ("redaktion", "Mila Kovač", Role.CONTENT_EDITOR, ""),
    ("uebersetzung", "Salma Darwish", Role.TRANSLATOR, ""),
    ("planung", "Thomas Wiegand", Role.PLANNER, ""),
    ("team53", "Nadja Krüger", Role.DEPARTMENT, ""),
    ("datenschutz", "Holger Brandt", Role.PROTECTION_OFFICER, ""),
    ("steuerung", "Leyla Şahin", Role.STEERING_MEMBER, ""),
]
SECOND = [("koordination", "Olena Bondar", Role.COORDINATOR, "")]


@example.part(order=20)
def accounts(town: Tenant) -> None:
    cast = TOWN if town.slug == "laatzen" else SECOND
    spaces = {space.name: space for space in SocialSpace.objects.all()}
    for local, name, role, quarter in cast:
        account = Account.objects.create_user(
            email=f"{local}@{town.slug}.example", password=PASSWORD, name=name, is_example=True
        )
        Membership.objects.create(tenant=town, account=account, role=role, space=spaces.get(quarter))


def _lines() -> list[str]:
    rows = Account.objects.filter(is_example=True, email__endswith="@laatzen.example").order_by("name")
    if not rows:
        return []
    roles = Membership.objects.filter(account__in=rows).values_list("account__email", "role")
    named = {email: Role(role).label for email, role in roles}
    width = max(len(row.email) for row in rows)
    lines = [f"  {row.email:{width}}  {row.name} · {named.get(row.email, '')}" for row in rows]
    return ["Example log-ins (invented people, password for all: " + PASSWORD + ")", *lines]


example.tell_log_ins(_lines)
