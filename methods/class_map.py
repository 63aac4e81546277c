"""A map of status and dynamics classes as one SVG, to look at and to put into a report.

Colour says both: darker is a higher status class, green a positive and brown a negative dynamics, grey-blue stable.
Every area carries its name and class as text, so the map can be read without colours too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from methods.geometry import Outlines
from methods.refusal import Refused

SHADES = {
    "+": ("#dcefe6", "#a3d3bf", "#5aa98c", "#1b7455"),
    "+/-": ("#e9edf3", "#bac7da", "#7e93b5", "#3c537e"),
    "-": ("#f9e6d6", "#efbd96", "#d6854b", "#a24f17"),
}
UNRATED = "#ffffff"
WIDTH, LEGEND, MARGIN = 900, 230, 12


def class_map(
    outlines: Outlines,
    status: Sequence[str],
    dynamics: Sequence[str],
    *,
    title: str,
    status_labels: Sequence[tuple[str, str]],
    dynamics_labels: Sequence[tuple[str, str]] = (),
    names: Sequence[str] | None = None,
) -> str:
    """The map as SVG text.

    status, dynamics               (areas,) class codes in the order of the outlines, "" where not rated;
                                   dynamics may be all "" (then one row of colours)
    status_labels, dynamics_labels (code, label), from the best to the worst; at most four and three classes
    """
    if len(status_labels) > 4 or len(dynamics_labels) > 3:
        raise Refused("a map shows at most four status and three dynamics classes")
    columns = [code for code, _ in status_labels]
    rows = [code for code, _ in dynamics_labels] or [""]
    shades = dict(zip(rows, SHADES.values() if dynamics_labels else [SHADES["+/-"]], strict=False))
    paths, height = _paths(outlines)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height + 40}" role="img" '
        f'font-family="sans-serif" font-size="14"><title>{escape(title)}</title>'
        '<defs><pattern id="unrated" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" fill="{UNRATED}"/><path d="M0 6L6 0" stroke="#999" stroke-width="0.8"/>'
        "</pattern></defs>",
        f'<text x="{MARGIN}" y="24" font-size="17" font-weight="bold">{escape(title)}</text>',
        '<g transform="translate(0 40)" stroke="#444" stroke-width="0.4" fill-rule="evenodd">',
    ]
    for path, area, s, d in zip(paths, names or outlines.keys, status, dynamics, strict=True):
        rated = s in columns and d in rows
        colour = shades[d][columns.index(s)] if rated else "url(#unrated)"
        said = f"class {s}{d}" if rated else "not rated"
        out.append(f'<path d="{path}" fill="{colour}"><title>{escape(area)}: {said}</title></path>')
    out.append("</g>")
    out += _legend(status_labels, dynamics_labels, shades)
    return "\n".join([*out, "</svg>"]) + "\n"


def _paths(outlines: Outlines) -> tuple[list[str], int]:
    """One path per area in pixels, and the height of the map."""
    import shapely

    shapes = outlines.shapes
    low_x, low_y, high_x, high_y = shapely.total_bounds(shapes)
    # A degree of longitude is shorter than one of latitude.
    squeeze = 1.0 if outlines.is_metric else float(np.cos(np.radians((low_y + high_y) / 2)))
    scale = (WIDTH - LEGEND - 2 * MARGIN) / ((high_x - low_x) * squeeze)
    height = int((high_y - low_y) * scale) + 2 * MARGIN

    def to_pixels(points: NDArray[np.float64]) -> NDArray[np.float64]:
        x = MARGIN + (points[:, 0] - low_x) * squeeze * scale
        return np.column_stack([x, MARGIN + (high_y - points[:, 1]) * scale])

    # Half a pixel less detail keeps the file small; neighbours lose the same vertices only by chance.
    drawn = shapely.simplify(shapely.transform(shapes, to_pixels), 0.3)
    return [_path(shape) for shape in drawn], height


def _path(shape: object) -> str:
    import shapely

    rings = shapely.get_rings(shapely.get_parts(shape))
    return "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in shapely.get_coordinates(ring)[:-1]) + "Z"
        for ring in rings
    )


def _legend(
    status_labels: Sequence[tuple[str, str]],
    dynamics_labels: Sequence[tuple[str, str]],
    shades: Mapping[str, tuple[str, ...]],
) -> list[str]:
    left, top, side = WIDTH - LEGEND + 10, 70, 26
    out = [f'<text x="{left}" y="{top - 12}" font-weight="bold">Status</text>']
    for i, (code, label) in enumerate(status_labels):
        y = top + i * side
        for j, d in enumerate(shades):
            x = left + j * side
            out.append(
                f'<rect x="{x}" y="{y}" width="{side}" height="{side}" fill="{shades[d][i]}" stroke="#444" '
                'stroke-width="0.4"/>'
            )
        out.append(
            f'<text x="{left + len(shades) * side + 8}" y="{y + 18}">{escape(f"{code} {label}")}</text>'
        )
    y = top + len(status_labels) * side
    for j, (code, label) in enumerate(dynamics_labels):
        x = left + j * side + side // 2
        out.append(f'<text x="{x}" y="{y + 18}" text-anchor="middle">{escape(code)}</text>')
        out.append(f'<text x="{left}" y="{y + 46 + j * 20}">{escape(f"{code}  dynamics {label}")}</text>')
    y += 46 + len(dynamics_labels) * 20
    out.append(
        f'<rect x="{left}" y="{y}" width="{side}" height="{side}" fill="url(#unrated)" stroke="#444" '
        f'stroke-width="0.4"/><text x="{left + side + 8}" y="{y + 18}">not rated</text>'
    )
    return out
