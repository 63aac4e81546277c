"""Files of adopted editions, made once and kept: a frozen edition is loaded as the same bytes by everybody."""

from collections.abc import Mapping
from itertools import product

from django.db import transaction
from django.utils import timezone

from quartierwerk.tenants.models import Tenant

from ..models import Edition, EditionFile
from . import formats, state

# What visitors may load; the edition's own page is its HTML.
PUBLIC_FORMATS = ("pdf", "docx", "xlsx", "json")


def _languages(edition: Edition) -> list[str]:
    """The one it was adopted in. A translated frame around the council's own words would help nobody."""
    return [edition.concept.language]


def incomplete() -> list[Edition]:
    """Adopted editions of which a file is missing, or was made before a passage was taken out."""
    adopted = Edition.objects.filter(state=Edition.State.ADOPTED).select_related("concept").defer("content")
    rows = EditionFile.objects.values_list("edition_id", "format", "language", "content_sha256")
    there = {(edition, format, language): sha for edition, format, language, sha in rows}
    return [
        edition
        for edition in adopted
        if any(
            there.get((edition.pk, *wanted)) != edition.content_sha256
            for wanted in product(PUBLIC_FORMATS, _languages(edition))
        )
    ]


def keep(edition: Edition, town: Tenant) -> None:
    """Make its files. Run twice, or by two workers, it leaves one of each."""
    for format, language in product(PUBLIC_FORMATS, _languages(edition)):
        content = formats.written(state.of_edition(edition, town, language), format)
        values = {
            "content": content,
            "size": len(content),
            "content_sha256": edition.content_sha256,
            "made_at": timezone.now(),
        }
        with transaction.atomic():
            # Locked, so that none is stored that was made before a passage was taken out.
            now = Edition.objects.select_for_update(no_key=True).only("content_sha256").get(pk=edition.pk)
            if now.content_sha256 == edition.content_sha256:
                EditionFile.objects.update_or_create(
                    edition=edition, format=format, language=language, defaults=values
                )


def content(edition: Edition, town: Tenant, format: str) -> bytes:
    """The kept file, else made now. For visitors, too."""
    rows = EditionFile.published.filter(edition=edition, format=format, language=edition.concept.language)
    found = rows.filter(content_sha256=edition.content_sha256).values_list("content", flat=True).first()
    if found is not None:
        return bytes(found)
    return formats.written(state.of_edition(edition, town, edition.concept.language), format)


def sizes(edition: Edition) -> Mapping[str, int]:
    """Format → bytes, as far as kept. One query."""
    rows = EditionFile.published.filter(edition=edition, content_sha256=edition.content_sha256)
    return dict(rows.values_list("format", "size"))
