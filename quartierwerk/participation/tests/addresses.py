"""Where pages about voices and processes lie, as a browser types them."""


def public(cast, *parts) -> str:
    return f"/de/{cast.town.slug}/voices/" + "/".join(str(part) for part in parts) + "/"


def staff(cast, *parts) -> str:
    return f"/staff/{cast.town.slug}/voices/" + "/".join(str(part) for part in parts) + "/"
