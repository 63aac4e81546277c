"""The fields an import can fill, by kind of table, with the headers by which a column is recognised."""

from typing import Literal

from django.utils.translation import gettext as _

from quartierwerk.intake.mapping import Target
from quartierwerk.languages import tags

from ...editing.forms import SPOKEN

Kind = Literal["organisations", "offers", "locations", "actors"]
KINDS: tuple[Kind, ...] = ("organisations", "offers", "locations", "actors")

# What published lists and offices write for "open to visitors" and its contrary.
STATES = {
    "active": "active", "aktiv": "active", "published": "active", "öffentlich": "active", "public": "active",
    "ja": "active", "yes": "active",
    "inactive": "inactive", "inaktiv": "inactive", "defunct": "inactive", "temporarily closed": "inactive",
    "closed": "inactive", "draft": "inactive", "entwurf": "inactive", "nicht öffentlich": "inactive",
    "geschlossen": "inactive", "nein": "inactive", "no": "inactive",
}  # fmt: skip


def kind_name(kind: Kind) -> str:
    return {
        "organisations": _("Organisations"),
        "offers": _("Offers"),
        "locations": _("Locations"),
        "actors": _("Organisations, each with its offer"),
    }[kind]


def targets(kind: Kind) -> tuple[Target, ...]:
    """Fields of one kind of table; labels in the reader's language."""
    return {
        "organisations": _organisation,
        "offers": _offer,
        "locations": _location,
        "actors": _actor,
    }[kind]()


def _number() -> Target:
    names = ("id", "uuid", "nr", "nr.", "nummer", "kennung", "source id", "external id", "identifier")
    return Target("id", _("Number in the source"), max_length=200, names=names)


def _organisation() -> tuple[Target, ...]:
    names = (
        "organisation", "organization", "organisation name", "organization_name", "verein", "träger", "traeger",
        "einrichtung", "akteur", "initiative", "gruppe", "institution", "partner", "anbieter", "bezeichnung",
    )  # fmt: skip
    return (
        Target("name", _("Name"), required=True, max_length=300, names=names),
        Target("id", _("Number in the source"), max_length=200, names=(*_number().names, "organization_id", "organization_uuid", "organisation_id")),
        Target("about", _("What it does"), "lines", names=("beschreibung", "description", "organization_description", "über uns", "aufgaben", "profil", "about")),
        *_ways("organization_url", "organization_email"),
        *_place(),
        *_about_the_row(),
    )  # fmt: skip


def _offer() -> tuple[Target, ...]:
    titles = (
        "titel", "angebot", "angebotsname", "name des angebots", "kurs", "leistung", "service", "service_name",
        "offer", "name", "bezeichnung", "veranstaltung", "projekt",
    )  # fmt: skip
    return (
        Target("title", _("Title"), required=True, max_length=300, names=titles),
        Target("id", _("Number in the source"), max_length=200, names=(*_number().names, "service_id", "service_uuid", "offer_id")),
        Target("organisation_id", _("Number of the organisation"), max_length=200, names=("organization_id", "organization_uuid", "organisationsnummer", "träger-nr")),
        Target("organisation", _("Organisation"), max_length=300, names=("organization", "organization_name", "verein", "träger", "traeger", "anbieter", "einrichtung", "institution", "veranstalter")),
        *_offer_texts(),
        *_contact(),
        Target("website", _("Website"), "url", on_bad="warn", max_length=500, names=("url", "homepage", "webseite", "internet", "link", "service_url", "web")),
        *_place(),
        *_about_the_row(),
    )  # fmt: skip


def _location() -> tuple[Target, ...]:
    return (
        Target("name", _("Name"), max_length=300, names=("standort", "location", "location_name", "ort der einrichtung", "filiale")),
        Target("id", _("Number in the source"), max_length=200, names=(*_number().names, "location_id", "location_uuid")),
        Target("organisation_id", _("Number of the organisation"), max_length=200, names=("organization_id", "organization_uuid")),
        Target("organisation", _("Organisation"), max_length=300, names=("organization", "organization_name", "verein", "träger", "anbieter")),
        Target("phone", _("Phone"), on_bad="warn", max_length=300, names=("telefon", "tel", "tel.", "phones", "fon", "telefonnummer")),
        Target("website", _("Website"), "url", on_bad="warn", max_length=500, names=("url", "homepage", "webseite", "location_url")),
        *_place(),
        *_about_the_row(),
    )  # fmt: skip


def _actor() -> tuple[Target, ...]:
    """One row is an organisation and what it offers; the title defaults to its name."""
    own = {target.name for target in _organisation()}
    title = Target("title", _("Title"), max_length=300, names=("titel", "angebot", "kurs", "leistung"))
    return (*_organisation(), title, *(target for target in _offer_texts() if target.name not in own))


def _offer_texts() -> tuple[Target, ...]:
    return (
        Target("description", _("What one gets here"), "lines", names=("beschreibung", "inhalt", "service_description", "text", "info", "informationen")),
        Target("hours", _("When"), "lines", names=("zeiten", "zeit", "öffnungszeiten", "oeffnungszeiten", "termine", "wann", "uhrzeit", "schedule", "opening hours")),
        Target("cost", _("Cost"), on_bad="warn", max_length=300, names=("kosten", "preis", "gebühr", "gebühren", "beitrag", "fees", "price")),
        Target("languages_spoken", _("Languages spoken"), "language", many=True, on_bad="warn", names=("sprachen", "sprache", "gesprochene sprachen", "languages")),
        Target("valid_until", _("Valid until"), "date", names=("gültig bis", "bis", "ende", "enddatum", "end date", "valid_to")),
    )  # fmt: skip


def _contact() -> tuple[Target, ...]:
    return (
        Target("contact_function", _("Contact: function"), on_bad="warn", max_length=200, names=("funktion", "ansprechstelle", "contact function")),
        Target("contact_phone", _("Contact: phone"), on_bad="warn", max_length=60, names=("telefon", "tel", "tel.", "phone", "fon", "telefonnummer", "rufnummer")),
        Target("contact_email", _("Contact: mail address"), "email", on_bad="warn", names=("e-mail", "email", "mail", "e-mail-adresse", "mailadresse", "service_email")),
        Target("contact_hours", _("Contact: reachable"), on_bad="warn", max_length=300, names=("sprechzeiten", "erreichbarkeit", "erreichbar")),
    )  # fmt: skip


def _ways(url: str, email: str) -> tuple[Target, ...]:
    return (
        Target("website", _("Website"), "url", on_bad="warn", max_length=500, names=("url", "homepage", "webseite", "internet", "web", "link", url)),
        Target("phone", _("Phone"), on_bad="warn", max_length=60, names=("telefon", "tel", "tel.", "fon", "telefonnummer", "rufnummer", "phones")),
        Target("email", _("Mail address"), "email", on_bad="warn", names=("e-mail", "email", "mail", "e-mail-adresse", "mailadresse", email)),
    )  # fmt: skip


def _place() -> tuple[Target, ...]:
    return (
        Target("place", _("Name of the place"), on_bad="warn", max_length=200, names=("treffpunkt", "raum", "veranstaltungsort", "place", "venue")),
        Target("address", _("Whole address in one cell"), on_bad="warn", max_length=200, names=("adresse", "anschrift", "location_address", "address")),
        Target("street", _("Street and number"), on_bad="warn", max_length=200, names=("straße", "strasse", "straße und hausnummer", "straße, nr.", "address_1", "street")),
        Target("detail", _("Floor, entrance"), on_bad="warn", max_length=200, names=("etage", "zusatz", "adresszusatz", "address_2")),
        Target("postcode", _("Postcode"), on_bad="warn", max_length=12, names=("plz", "postleitzahl", "postal_code", "zip")),
        Target("town", _("Town"), on_bad="warn", max_length=120, names=("ort", "stadt", "city", "gemeinde")),
        Target("coordinates", _("Latitude and longitude"), "coordinates", on_bad="warn", names=("koordinaten", "geo")),
        Target("quarter", _("Quarter"), names=("stadtteil", "quartier", "ortsteil", "sozialraum", "quarter", "district")),
    )  # fmt: skip


def _about_the_row() -> tuple[Target, ...]:
    return (
        Target("kept", _("Further columns (JSON)"), "lines", on_bad="warn"),
        Target("status", _("Active or not"), names=("veröffentlicht", "aktiv", "active")),
        Target("language", _("Language of the texts"), "language", on_bad="warn", names=("textsprache", "lang", "language")),
    )  # fmt: skip


def words_for_languages() -> dict[str, str]:
    """Names of languages in German, English and by themselves → tag, as people write them into lists."""
    words = {}
    for tag in SPOKEN:
        for word in (tags.name(tag, "de"), tags.name(tag, "en"), tags.autonym(tag), tag):
            words.setdefault(word.casefold(), tag)
            words.setdefault(word.split(" (")[0].casefold(), tag)
    return words | {"farsi": "fa", "persisch": "fa", "persian": "fa", "kurmandschi": "kmr", "kurmanci": "kmr"}
