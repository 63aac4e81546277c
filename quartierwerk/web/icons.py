"""The product's own outline icons: 24 grid, stroke 2, drawn by `{% icon %}` from the sprite at the foot of the page."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

# What points forward or back along the line of reading is mirrored from right to left.
DIRECTIONAL = frozenset({"arrow", "back"})

ICONS: dict[str, str] = {
    "answer": '<path d="M10 6 4 11l6 5v-3.5c5 0 8 1.5 10 5.5 0-6-3.5-9.5-10-9.5z"/>',
    "arrow": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "back": '<path d="M19 12H5M11 6l-6 6 6 6"/>',
    "calendar": '<rect x="4" y="5" width="16" height="16" rx="1.5"/><path d="M4 10h16M8 3v4M16 3v4"/>',
    "chart": '<path d="M4 4v16h16M8 16v-4M12.5 16V8M17 16v-6"/>',
    "check": '<path d="m5 12 5 5 9-10"/>',
    "child": '<circle cx="12" cy="6" r="3"/><path d="M6 21v-4a6 6 0 0 1 12 0v4M12 14v7"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>',
    "close": '<path d="m6 6 12 12M18 6 6 18"/>',
    "edit": '<path d="m4 20 1-4L16 5l3 3L8 19zM13.5 7.5l3 3"/>',
    "euro": '<path d="M18 6.5A7 7 0 1 0 18 17.5M4 10.5h9M4 13.5h9"/>',
    "file": '<path d="M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6"/>',
    "filter": '<path d="M4 7h16M7 12h10M10 17h4"/>',
    "heart": '<path d="M12 20S4 15 4 9.3A4.3 4.3 0 0 1 12 7a4.3 4.3 0 0 1 8 2.3C20 15 12 20 12 20z"/>',
    "history": '<path d="M4 5v5h5M4.5 10A8 8 0 1 1 4 13M12 8v5l3 2"/>',
    "home": '<path d="M4 11 12 4l8 7M6 9.5V20h12V9.5"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7.5v.01"/>',
    "language": '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c3 3 3.6 6 3.6 9S15 18 12 21c-3-3-3.6-6-3.6-9S9 6 12 3z"/>',
    "law": '<path d="M12 4v16M7 20h10M5 7h14M5 7l-2.5 6h5zM19 7l-2.5 6h5z"/>',
    "link": '<path d="M14 4h6v6M20 4l-9 9M17 14v6H4V7h6"/>',
    "mail": '<rect x="3" y="5" width="18" height="14" rx="2"/><path d="m4 7 8 6 8-6"/>',
    "measure": '<path d="M6 21V4h11l-2 4 2 4H6"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "mic": '<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5 11a7 7 0 0 0 14 0M12 18v3"/>',
    "minus": '<path d="M5 12h14"/>',
    "money": '<circle cx="12" cy="12" r="9"/><path d="M15.5 8.8a4.5 4.5 0 1 0 0 6.4M7.5 11h5M7.5 13.5h5"/>',
    "need": '<circle cx="12" cy="12" r="9"/><path d="M12 7v6M12 16.5v.01"/>',
    "offer": '<path d="M3 11 12 4l9 7M5.5 9.5V20h13V9.5M10 20v-6h4v6"/>',
    "people": '<circle cx="9" cy="8" r="3"/><path d="M3 20v-2a6 6 0 0 1 12 0v2M16 5.5a3 3 0 0 1 0 5.5M18 20v-2a6 6 0 0 0-2-4.5"/>',
    "phone": '<path d="M6 3h3l2 5-2.5 1.8a12 12 0 0 0 5.7 5.7L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z"/>',
    "photo": '<rect x="3" y="7" width="18" height="13" rx="1.5"/><path d="M8 7l1.5-3h5L16 7"/><circle cx="12" cy="13.5" r="3.5"/>',
    "place": '<path d="M12 21s7-6.2 7-11.5A7 7 0 0 0 5 9.5C5 14.8 12 21 12 21z"/><circle cx="12" cy="9.5" r="2.5"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "print": '<path d="M7 8V3h10v5M7 17H4v-7a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v7h-3"/><rect x="7" y="14" width="10" height="7"/>',
    "save": '<path d="M12 4v11M7 10l5 5 5-5M4 20h16"/>',
    "search": '<circle cx="11" cy="11" r="7"/><path d="m20 20-4-4"/>',
    "state-bad": '<path d="M8 3h8l5 5v8l-5 5H8l-5-5V8z"/><path d="m9 9 6 6M15 9l-6 6"/>',
    "state-done": '<rect x="3.5" y="3.5" width="17" height="17" rx="2"/><path d="m8 12 3 3 5-6"/>',
    "state-none": '<circle cx="12" cy="12" r="9" stroke-dasharray="3.5 3"/><path d="M8.5 12h7"/>',
    "state-ok": '<circle cx="12" cy="12" r="9"/><path d="m8 12 3 3 5-6"/>',
    "state-warn": '<path d="M12 3.5 21.5 20h-19z"/><path d="M12 10v4M12 17v.01"/>',
    "step-free": '<circle cx="10" cy="4.5" r="1.5"/><path d="M10 8v6h5l3 5M14 11h-4"/><path d="M7.5 12.5a4.7 4.7 0 1 0 6.8 5.3"/>',
    "undo": '<path d="M9 7H4V2M4 7a8.5 8.5 0 1 1-.5 7"/>',
    "user": '<circle cx="12" cy="8" r="4"/><path d="M4 21c0-4.5 3.5-7 8-7s8 2.5 8 7"/>',
    "voice": '<path d="M4 5h16v11h-9l-5 4v-4H4z"/>',
    "work": '<rect x="3" y="8" width="18" height="12" rx="1.5"/><path d="M9 8V5h6v3M3 13h18"/>',
}


def sprite() -> SafeString:
    symbols = "".join(
        f'<symbol id="i-{name}" viewBox="0 0 24 24">{shape}</symbol>' for name, shape in sorted(ICONS.items())
    )
    # Constant text from this file, nothing typed by anybody.
    return mark_safe(f'<svg width="0" height="0" class="qw-sprite" aria-hidden="true">{symbols}</svg>')  # noqa: S308


SPRITE = sprite()
