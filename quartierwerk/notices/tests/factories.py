from quartierwerk.notices.models import Notice


def notice(token: str = "Muster") -> Notice:
    """A legal text that is not there yet; the last one again where both are."""
    for kind in Notice.Kind:
        found, is_new = Notice.objects.get_or_create(kind=kind, defaults={"text": token})
        if is_new:
            break
    return found
