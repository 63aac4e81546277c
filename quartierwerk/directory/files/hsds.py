"""The Human Services Data Specification as tables: what each kind of object holds, and what belongs to what.

HSDS 3.1 (3.2 added nothing here). Names of older tables and columns (HSDS 1.x and 2.x, Ohana, Open Referral UK 1.0)
lead to those of 3.1. Nothing here reads or writes a file: `imports/hsds` and `exports/hsds` do.
"""

import re
from typing import Literal, cast

MAIN = ("organization", "location", "service")
Type = Literal["text", "number", "uri", "email", "id"]

_WORDS = {
    "organization": "name alternate_name description email:email website:uri tax_status tax_id year_incorporated:number "
    "legal_status logo uri:uri parent_organization_id:id",
    "program": "organization_id:id name alternate_name description",
    "service": "organization_id:id program_id:id name alternate_name description url:uri email:email status "
    "interpretation_services application_process fees_description wait_time fees accreditations eligibility_description "
    "minimum_age:number maximum_age:number assured_date assurer_email:email licenses alert last_modified",
    "attribute": "link_id:id taxonomy_term_id:id link_type link_entity value label",
    "service_at_location": "service_id:id location_id:id description",
    "location": "location_type url:uri organization_id:id name alternate_name description transportation latitude:number "
    "longitude:number external_identifier external_identifier_type",
    "phone": "location_id:id service_id:id organization_id:id contact_id:id service_at_location_id:id number "
    "extension:number type description",
    "contact": "organization_id:id service_id:id service_at_location_id:id location_id:id name title department email:email",
    "address": "location_id:id attention address_1 address_2 city region state_province postal_code country address_type",
    "schedule": "service_id:id location_id:id service_at_location_id:id valid_from valid_to dtstart timezone:number until "
    "count:number wkst freq interval:number byday byweekno bymonthday byyearday description opens_at closes_at "
    "schedule_link:uri attending_type notes",
    "funding": "organization_id:id service_id:id source",
    "service_area": "service_id:id service_at_location_id:id name description extent extent_type uri",
    "required_document": "service_id:id document uri:uri",
    "language": "service_id:id location_id:id phone_id:id name code note",
    "accessibility": "location_id:id description details url:uri",
    "taxonomy_term": "code name description parent_id:id taxonomy language taxonomy_id:id term_uri:uri",
    "metadata": "resource_id:id resource_type last_action_date last_action_type field_name previous_value "
    "replacement_value updated_by",
    "meta_table_description": "name language character_set",
    "cost_option": "service_id:id valid_from valid_to option currency amount:number amount_description",
    "organization_identifier": "organization_id:id identifier_scheme identifier_type identifier",
    "taxonomy": "name description uri:uri version",
    "service_capacity": "service_id:id unit_id:id available:number maximum:number description updated",
    "unit": "name scheme identifier uri:uri",
    "url": "label url:uri organization_id:id service_id:id",
}
FIELDS: dict[str, dict[str, Type]] = {
    kind: {
        "id": "id",
        **{
            name: cast(Type, kind_ or "text")
            for name, _, kind_ in (word.partition(":") for word in words.split())
        },
    }
    for kind, words in _WORDS.items()
}
REQUIRED = {
    "organization": ("name", "description"),
    "program": ("name", "description"),
    "service": ("name", "status"),
    "location": ("location_type",),
    "phone": ("number",),
    "address": ("address_1", "city", "state_province", "postal_code", "country", "address_type"),
    "taxonomy_term": ("name", "description"),
    "taxonomy": ("name", "description"),
    "url": ("url",),
    "unit": ("name",),
    "organization_identifier": ("identifier_type", "identifier"),
    "service_capacity": ("unit", "available", "updated"),
    "metadata": (
        "last_action_date", "last_action_type", "field_name", "previous_value", "replacement_value", "updated_by",
    ),
}  # fmt: skip
STATUSES = ("active", "inactive", "defunct", "temporarily closed")
PLACE_TYPES = ("physical", "postal", "virtual")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

# Lists within an object: name → kind of what it holds. `attributes` and `metadata` may stand in any.
CHILDREN = {
    "organization": {
        "additional_websites": "url", "funding": "funding", "contacts": "contact", "phones": "phone",
        "locations": "location", "programs": "program", "organization_identifiers": "organization_identifier",
    },
    "service": {
        "additional_urls": "url", "phones": "phone", "schedules": "schedule", "service_areas": "service_area",
        "service_at_locations": "service_at_location", "languages": "language", "funding": "funding",
        "cost_options": "cost_option", "required_documents": "required_document", "contacts": "contact",
        "capacities": "service_capacity",
    },
    "service_at_location": {
        "service_areas": "service_area", "contacts": "contact", "phones": "phone", "schedules": "schedule",
    },
    "location": {
        "languages": "language", "addresses": "address", "contacts": "contact", "accessibility": "accessibility",
        "phones": "phone", "schedules": "schedule",
    },
    "contact": {"phones": "phone"},
    "phone": {"languages": "language"},
}  # fmt: skip
# Single objects within an object.
PARTS = {
    "service": {"organization": "organization", "program": "program"},
    "service_at_location": {"location": "location", "service": "service"},
    "attribute": {"taxonomy_term": "taxonomy_term"},
    "taxonomy_term": {"taxonomy_detail": "taxonomy"},
    "service_capacity": {"unit": "unit"},
}
for _kind in FIELDS:
    if _kind not in ("metadata", "taxonomy", "taxonomy_term"):
        CHILDREN.setdefault(_kind, {})
        CHILDREN[_kind]["metadata"] = "metadata"
        if _kind != "attribute":
            CHILDREN[_kind]["attributes"] = "attribute"

# File names of the CSV package, as its datapackage.json has them.
FILES = {
    "organization": "organizations.csv", "program": "programs.csv", "service": "services.csv",
    "attribute": "attributes.csv", "service_at_location": "service_at_location.csv", "location": "locations.csv",
    "phone": "phones.csv", "contact": "contacts.csv", "address": "addresses.csv", "schedule": "schedules.csv",
    "funding": "funding.csv", "service_area": "service_areas.csv", "required_document": "required_documents.csv",
    "language": "languages.csv", "accessibility": "accessibility.csv", "taxonomy_term": "taxonomy_terms.csv",
    "metadata": "metadata.csv", "meta_table_description": "meta_table_descriptions.csv",
    "cost_option": "cost_options.csv", "organization_identifier": "organization_identifiers.csv",
    "taxonomy": "taxonomies.csv", "service_capacity": "service_capacity.csv", "unit": "units.csv", "url": "url.csv",
}  # fmt: skip

# What a list of children is called in its parent, by kind of child; the parents in which that differs.
LIST_NAMES = {
    "url": "additional_urls", "funding": "funding", "contact": "contacts", "phone": "phones", "location": "locations",
    "program": "programs", "organization_identifier": "organization_identifiers", "schedule": "schedules",
    "service_area": "service_areas", "service_at_location": "service_at_locations", "language": "languages",
    "cost_option": "cost_options", "required_document": "required_documents", "service_capacity": "capacities",
    "address": "addresses", "accessibility": "accessibility", "attribute": "attributes", "metadata": "metadata",
}  # fmt: skip


def list_name(parent: str, child: str) -> str:
    return "additional_websites" if (parent, child) == ("organization", "url") else LIST_NAMES[child]


# Other names of tables and lists, folded (`folded`), beside the kinds' own.
ALIASES = {
    "organisation": "organization", "agency": "organization", "provider": "organization", "programme": "program",
    "service location": "service_at_location", "services at location": "service_at_location", "site": "location",
    "physical address": "address", "postal address": "mail_address", "mail address": "mail_address",
    "mailing address": "mail_address", "regular schedule": "schedule", "hour": "schedule", "opening hour": "schedule",
    "holiday schedule": "holiday", "holiday": "holiday", "accessibility for disability": "accessibility",
    "service taxonomy": "service_term", "service attribute": "service_term", "organization taxonomy": "organization_term",
    "location taxonomy": "location_term", "other attribute": "attribute", "link taxonomy": "attribute",
    "term": "taxonomy_term", "category": "taxonomy_term", "eligibility": "eligibility", "payment accepted": "payment",
    "payments accepted": "payment", "accepted payment": "payment", "fee": "cost_option", "cost": "cost_option",
    "capacity": "service_capacity", "review": "review", "additional url": "url", "additional website": "url",
    "person": "contact", "telephone": "phone", "phone number": "phone", "translation": "translation",
    "spoken language": "language", "url": "url", "funding source": "funding",
}  # fmt: skip
# Tables of older versions that 3.1 has no kind for; `imports/hsds/joining.py` knows what becomes of them.
OLDER = ("mail_address", "holiday", "service_term", "organization_term", "location_term", "eligibility", "payment", "review", "translation")  # fmt: skip

# Columns of older versions → their name in 3.1, by kind.
COLUMNS = {
    "organization": {"url": "website", "homepage": "website", "short_desc": "description"},
    "service": {
        "website": "url", "eligibility": "eligibility_description", "licences": "licenses", "title": "name",
        "fees_desc": "fees_description", "deliverable_type": "deliverable_type",
    },
    "location": {"website": "url", "lat": "latitude", "long": "longitude", "lng": "longitude", "lon": "longitude"},
    "phone": {"number_type": "type", "phone_number": "number", "phone": "number"},
    "schedule": {"by_day": "byday", "bymonth_day": "bymonthday", "start_time": "opens_at", "end_time": "closes_at"},
    "language": {"language": "name", "language_code": "code"},
    "accessibility": {"accessibility": "description"},
    "service_area": {"service_area": "name"},
    "address": {
        "street": "address_1", "address": "address_1", "address1": "address_1", "address2": "address_2",
        "state": "state_province", "zip": "postal_code", "zipcode": "postal_code", "postcode": "postal_code",
        "town": "city", "type": "address_type",
    },
    "attribute": {"link_taxonomy_id": "taxonomy_term_id", "taxonomy_id": "taxonomy_term_id"},
    "taxonomy_term": {"vocabulary": "taxonomy", "parent": "parent_id"},
    "funding": {"funding_source": "source"},
    "required_document": {"required_document": "document"},
}  # fmt: skip


def folded(name: str) -> str:
    """A name of a table or list as names are compared: small letters, singular."""
    plain = re.sub(r"[^a-z]", "", name.lower().removesuffix(".csv"))
    plain = plain.removeprefix("hsds").removeprefix("openreferral")
    if plain.endswith("ies"):
        return plain[:-3] + "y"
    if plain.endswith(("sses", "ss", "us")):
        return plain.removesuffix("es")
    return plain.removesuffix("s")


_BY_NAME = {folded(kind): kind for kind in FIELDS} | {folded(name): kind for name, kind in ALIASES.items()}
_BY_NAME |= {folded(name): kind for kind, name in FILES.items()}


def kind_named(name: str) -> str:
    """The kind of object that a table or list of this name holds; empty where it is none of the standard's."""
    return _BY_NAME.get(folded(name), "")


# Attributes of our own begin so: fields the standard has no place for, and columns kept from elsewhere.
OWN = "quartierwerk:"
KEPT = f"{OWN}kept"
# Our texts by the name they have in the standard; translations stand under these names.
TEXTS = {
    "offer": {
        "title": "name", "description": "description", "cost": "fees_description",
        "registration_how": "application_process", "hours": "hours", "accessibility": "accessibility",
    },
    "organisation": {"about": "description", "hours": "hours"},
}  # fmt: skip
