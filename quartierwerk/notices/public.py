from django.shortcuts import render

from quartierwerk.languages.showing import show_all
from quartierwerk.rights import open_to_all

from .models import Notice


@open_to_all
def imprint(request):
    return _page(request, Notice.Kind.IMPRINT)


@open_to_all
def privacy(request):
    return _page(request, Notice.Kind.PRIVACY)


def _page(request, kind: Notice.Kind):
    notice = Notice.shown(kind)
    values = {
        "text": show_all(notice, request.lang)["text"] if notice else None,
        "crumbs": [(kind.label, "")],
    }
    return render(request, f"notices/public/{kind}.html", values)
