"""`quartierwerk tenant add|list` and `demo`."""

import argparse
import json

from quartierwerk import cli

# The human being that every page of the municipality names.
CONTACT = {
    "office": "who helps people: name of the office",
    "place": "room and street of the office",
    "phone": "phone number of the office",
    "email": "mail address of the office",
    "hours": "when somebody is there",
}


def add_commands(commands) -> None:
    tenant = commands.add_parser("tenant", help="municipalities of this installation")
    verbs = tenant.add_subparsers(dest="verb", metavar="VERB", required=True)
    add = verbs.add_parser("add", help="add a municipality, Region or Land")
    add.add_argument("slug", help="short name in addresses, for example laatzen")
    add.add_argument("--name", default="", help="full name; defaults to the short one")
    add.add_argument("--kind", choices=["land", "region", "municipality"], default="municipality")
    add.add_argument("--parent", default="", metavar="SLUG", help="Region or Land it belongs to")
    add.add_argument("--postcodes", nargs="*", default=[], metavar="12345")
    for name, words in CONTACT.items():
        add.add_argument(f"--{name}", default="", help=words)
    add.add_argument("--json", action="store_true", help="print the result as JSON")
    add.set_defaults(run=_add, needs_django=True)
    listing = verbs.add_parser("list", help="list the municipalities")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=_list, needs_django=True)
    demo = commands.add_parser("demo", help="load the example town (invented data) and print its log-ins")
    demo.set_defaults(run=_demo, needs_django=True)


def _demo(options: argparse.Namespace) -> int:
    from django.conf import settings

    from . import example, example_town

    if settings.SURROUNDINGS == "production":
        raise cli.Refused("The example town is not loaded where people are served: its log-ins are public.")
    known = example_town.is_loaded()
    example_town.load()
    print("The example town is there already." if known else "The example town is loaded.")
    for line in example.log_ins():
        print(line)
    return 0


def _facts(tenant) -> dict:
    return {
        "slug": tenant.slug,
        "name": tenant.name,
        "kind": str(tenant.kind),
        "parent": tenant.parent.slug if tenant.parent else None,
        "postcodes": list(tenant.postcodes),
    }


def _add(options: argparse.Namespace) -> int:
    from .actions import RefusedTenant, add_tenant

    postcodes = [code for word in options.postcodes for code in word.replace(",", " ").split()]
    try:
        tenant = add_tenant(
            options.slug,
            name=options.name,
            kind=options.kind,
            parent=options.parent,
            postcodes=postcodes,
            **{f"contact_{name}": getattr(options, name) for name in CONTACT},
        )
    except RefusedTenant as refusal:
        raise cli.Refused(str(refusal)) from None
    print(
        json.dumps(_facts(tenant), ensure_ascii=False)
        if options.json
        else f"Added {tenant.name} ({tenant.slug})."
    )
    return 0


def _list(options: argparse.Namespace) -> int:
    from .models import Tenant

    rows = [_facts(tenant) for tenant in Tenant.objects.select_related("parent")]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False))
        return 0
    for row in rows:
        print(f"{row['slug']:24} {row['kind']:14} {row['name']}")
    return 0


def wanted(slug: str):
    """The municipality a command names, or a refusal that helps. For commands of other packages."""
    from .models import Tenant
    from .rules import closest

    tenant = Tenant.objects.filter(slug=slug).first()
    if tenant is None:
        near = closest(slug, list(Tenant.objects.values_list("slug", flat=True)))
        hint = f" Did you mean '{near}'?" if near else " `quartierwerk tenant list` shows those there are."
        raise cli.Refused(f"There is no municipality '{slug}'.{hint}")
    return tenant
