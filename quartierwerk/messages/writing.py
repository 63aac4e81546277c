"""From kind and values to subject and text, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from quartierwerk.languages import choosing
from quartierwerk.languages.tags import direction
from quartierwerk.tenants.models import Tenant

from .kinds import IN_SUBJECT, Kind

RIGHT_TO_LEFT_MARK = "\u200f"
ISOLATE, END_ISOLATE = "\u2068", "\u2069"
ALWAYS = frozenset({"name", "link"})


@dataclass(frozen=True)
class Written:
    subject: str
    text: str


def write(kind: Kind, lang: str, context: Mapping[str, object], tenant: Tenant | None) -> Written:
    """Raises KeyError for a value that is missing or that the kind does not know."""
    if wrong := (set(context) - kind.values - ALWAYS) | (kind.values - set(context)):
        raise KeyError(f"The mail {kind.name} takes other values than given: {', '.join(sorted(wrong))}.")
    frame = choosing.frame_language(lang)
    right_to_left = direction(frame) == "rtl"
    with override(frame):
        place = {"municipality": tenant.name if tenant else "Quartierwerk"}
        values = {name: str(value) for name, value in {**context, **place}.items()}
        name = values.pop("name", "")
        link = values.pop("link", "")
        if right_to_left:
            # A German street or number must not turn the words around it.
            values = {key: ISOLATE + value + END_ISOLATE for key, value in values.items()}
            name = name and ISOLATE + name + END_ISOLATE
        paragraphs = [
            _("Good day {name},").format(name=name) if name else _("Good day,"),
            *(str(sentence).format(**values) for sentence in kind.sentences),
        ]
        if link:
            paragraphs.append(f"{str(kind.link_label).format(**values)}\n{link}".strip())
        paragraphs += [str(sentence).format(**values) for sentence in kind.after]
        paragraphs.append("\n".join([_("Kind regards"), *_signature(tenant, place["municipality"])]))
        subject = str(kind.subject).format(**{key: place[key] for key in IN_SUBJECT})
    text = "\n\n".join(paragraphs) + "\n"
    return Written(" ".join(subject.split()), _marked(text) if right_to_left else text)


def _signature(tenant: Tenant | None, municipality: str) -> list[str]:
    """Whom one can ask: every mail of a municipality names people, not only an address."""
    if tenant is None:
        return [municipality]
    office = [tenant.contact_office, tenant.contact_phone, tenant.contact_hours]
    return [municipality, *(line for line in office if line)]


def _marked(text: str) -> str:
    """Right-to-left marks: mail programs take a line's direction from its first strong letter."""
    return "\n".join(
        RIGHT_TO_LEFT_MARK + line if line and not line.startswith(("http://", "https://")) else line
        for line in text.split("\n")
    )
