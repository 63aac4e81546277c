"""Refuses to serve people with what must not be: system checks tagged "serving", run by every start (`starting.py`).

Those marked `deploy` count in production only: on one's own machine the example town is what one wants to see.
"""

import os

from django.conf import settings
from django.core import checks
from django.db import connections

from quartierwerk.people.models import Account
from quartierwerk.tenants.models import Tenant

from . import rules

SERVING = "serving"


def _error(sentence: str, number: str) -> list[checks.CheckMessage]:
    return [checks.Error(sentence, id=f"operating.{number}")] if sentence else []


@checks.register(SERVING)
def debug_is_not_shown_to_others(app_configs, **kwargs):
    return _error(rules.fault_of_debug(settings.DEBUG, settings.ALLOWED_HOSTS), "E010")


@checks.register(SERVING, deploy=True)
def no_debug_in_production(app_configs, **kwargs):
    sentence = (
        "DEBUG is on, which shows the program's inside with every error. Unset DEBUG where people are served."
    )
    return _error(sentence if settings.DEBUG else "", "E011")


@checks.register(SERVING, deploy=True)
def secret_is_one(app_configs, **kwargs):
    return _error(rules.fault_of_secret(settings.SECRET_KEY), "E012")


@checks.register(SERVING, deploy=True)
def hosts_are_named(app_configs, **kwargs):
    return _error(rules.fault_of_hosts(settings.ALLOWED_HOSTS), "E013")


@checks.register(SERVING, deploy=True)
def links_in_mails_lead_here(app_configs, **kwargs):
    if sentence := rules.fault_of_public_url(settings.PUBLIC_URL, settings.ALLOWED_HOSTS):
        return [checks.Warning(sentence, id="operating.W014")]
    return []


@checks.register(SERVING, deploy=True)
def https_is_reached(app_configs, **kwargs):
    found = []
    if settings.SECURE_SSL_REDIRECT and not settings.SECURE_PROXY_SSL_HEADER:
        found.append(
            checks.Warning(
                "Every request is sent on to https, but none is known to have come by it: set BEHIND_PROXY=yes, and let"
                " the web server with TLS in front set X-Forwarded-Proto.",
                id="operating.W015",
            )
        )
    if not settings.SECURE_SSL_REDIRECT:
        found.append(
            checks.Warning(
                "Pages are given out without TLS too. Set SECURE_SSL_REDIRECT=yes unless the web server in front does it.",
                id="operating.W016",
            )
        )
    return found


@checks.register(SERVING, checks.Tags.database, deploy=True)
def nobody_knows_a_password(app_configs, databases=None, **kwargs):
    """Example accounts have a password that is printed at every start."""
    if "default" not in (databases or []):
        return []
    return _error(example_fault(), "E017")


def example_fault() -> str:
    accounts = Account.objects.filter(is_example=True).count()
    if accounts:
        return f"{accounts} example accounts exist, whose password is public. Serve from a database without the example town."
    tenants = Tenant.objects.filter(is_example=True).count()
    if tenants:
        return (
            f"{tenants} municipalities of the example exist. Serve from a database without the example town."
        )
    return ""


@checks.register(SERVING, checks.Tags.database)
def roles_pass_no_wall(app_configs, databases=None, **kwargs):
    """The serving role is looked at by `tenants/checks.py`; this is the one that erases."""
    if "keeper" not in (databases or []) or os.environ.get("QUARTIERWERK_AS_OWNER"):
        return []
    faults = faults_of_role("keeper", "DATABASE_KEEPER_URL")
    return [checks.Error(f"{fault} Sign in as qw_keeper.", id="operating.E018") for fault in faults]


@checks.register(SERVING, checks.Tags.database, deploy=True)
def history_can_be_erased(app_configs, databases=None, **kwargs):
    if "default" not in (databases or []):
        return []
    same = connections["keeper"].settings_dict["USER"] == connections["default"].settings_dict["USER"]
    sentence = (
        "DATABASE_KEEPER_URL signs in as the role that serves, which may not erase history: erasures would fail."
        " Set it to the role qw_keeper."
    )
    return _error(sentence if same else "", "E019")


def faults_of_role(alias: str, setting: str) -> list[str]:
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "select rolsuper, rolbypassrls, rolcreaterole, exists (select 1 from pg_tables where schemaname = 'public'"
            " and pg_has_role(current_user, tableowner, 'member')) from pg_roles where rolname = current_user"
        )
        superuser, bypasses, makes_roles, owns = cursor.fetchone()
    # A superuser is everything else too; one sentence is enough.
    return rules.faults_of_role(
        setting,
        superuser=superuser,
        bypasses=bypasses and not superuser,
        owns=owns and not superuser,
        makes_roles=makes_roles and not superuser,
    )
