"""`quartierwerk person add`: the first administrator of a municipality."""

import argparse
import json


def add_commands(commands) -> None:
    person = commands.add_parser("person", help="people and their roles")
    actions = person.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser(
        "add",
        help="give somebody a role; prints a link for setting the password, once",
        description="Makes the account if there is none, gives the role, and prints a link with which the person"
        " sets the password. The link works once. No password is ever taken from the command line.",
    )
    add.add_argument("mail", help="mail address the person signs in with")
    add.add_argument("--name", help="name of the person; needed for a new account")
    add.add_argument("--tenant", required=True, metavar="SLUG")
    add.add_argument("--role", default="administrator", help="default: administrator")
    add.add_argument("--quarter", help="name of the quarter, for roles held in one")
    add.add_argument("--json", action="store_true")
    add.set_defaults(run=add_person, needs_django=True)


def add_person(options: argparse.Namespace) -> int:
    from quartierwerk.cli import Refused
    from quartierwerk.rights import Role

    from . import starting

    try:
        role = Role(options.role)
    except ValueError:
        raise Refused(
            f"There is no role '{options.role}'. Roles: {', '.join(sorted(Role.values))}."
        ) from None
    added = starting.add_person(
        options.mail,
        name=options.name or "",
        tenant_slug=options.tenant,
        role=role,
        quarter=options.quarter or "",
    )
    if options.json:
        print(json.dumps({"mail": added.email, "new": added.is_new, "link": added.link}))
    elif added.is_new:
        print(
            f"{added.email} may work in {options.tenant}. Link for setting the password, once:\n{added.link}"
        )
    else:
        print(
            f"{added.email} had an account already and now holds the role {role.value} in {options.tenant}."
        )
    return 0
