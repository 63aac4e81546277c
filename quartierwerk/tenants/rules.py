import re

# First parts of addresses that belong to the installation, not to a municipality.
RESERVED = frozenset({"staff", "api", "accounts", "static", "mail", "admin", "media", "me", "session"})


def fault_of_slug(slug: str) -> str:
    """Why a short name cannot stand in addresses; empty if it can."""
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug) or len(slug) > 50:
        return (
            f"'{slug}' cannot stand in addresses: use small letters, digits and single hyphens, 50 at most."
        )
    if slug in RESERVED:
        return f"'{slug}' is used by the installation itself. Choose another short name."
    return ""


def fault_of_postcode(postcode: str) -> str:
    if not re.fullmatch(r"[0-9]{5}", postcode):
        return f"'{postcode}' is no German postcode: it has five digits."
    return ""


def closest(wanted: str, known: list[str]) -> str:
    """The known word nearest to a mistyped one, for "did you mean"; empty if none is near."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(wanted, known, n=1, cutoff=0.6)), "")
