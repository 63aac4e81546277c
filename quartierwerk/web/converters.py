class LanguageTag:
    """A BCP 47 tag as first part of a public address: de, ar, de-simple, pt-br."""

    regex = r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
