"""What a picture needs before visitors may see it: on plain values."""

NAMING = ("permitted", "cc-by", "cc-by-sa")  # licences that demand the maker's name beside the picture


def missing_rights(licence: str, author: str, persons: str, consent_note: str) -> list[str]:
    """Fields that keep a picture from visitors, in the order of the form; empty if it may be shown."""
    missing = []
    if not licence:
        missing.append("licence")
    if licence in NAMING and not author.strip():
        missing.append("author")
    if persons not in ("none", "consent"):
        missing.append("persons")
    if persons == "consent" and not consent_note.strip():
        missing.append("consent_note")
    return missing
