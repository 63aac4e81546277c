"""Time over the number of areas as an SVG with logarithmic axes."""

import math
from xml.sax.saxutils import escape

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 860, 420, 70, 50, 20, 250
COLOURS = ("#0b5cab", "#b3261e", "#2e7d32")


def draw(lines: dict[str, list[tuple[int, float]]]) -> str:
    """Lines named "task, side": one colour per task, the peer dashed."""
    points = [point for line in lines.values() for point in line]
    x_low, x_high = (math.log10(f(x for x, _ in points)) for f in (min, max))
    y_low = math.floor(math.log10(min(y for _, y in points)))
    y_high = math.ceil(math.log10(max(y for _, y in points)))

    def place(areas: float, seconds: float) -> tuple[float, float]:
        x = LEFT + (math.log10(areas) - x_low) / (x_high - x_low) * (WIDTH - LEFT - RIGHT)
        y = HEIGHT - BOTTOM - (math.log10(seconds) - y_low) / (y_high - y_low) * (HEIGHT - BOTTOM - TOP)
        return x, y

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif" '
        'font-size="13"><title>Time over number of areas, logarithmic axes</title>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>'
    ]
    for power in range(y_low, y_high + 1):
        _, y = place(10**x_low, 10**power)
        label = f"{10**power:g} s" if power >= 0 else f"{10 ** (power + 3):g} ms"
        out.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ccc"/>')
        out.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{label}</text>')
    for areas in sorted({x for x, _ in points}):
        x, _ = place(areas, 10**y_low)
        out.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{areas:,}</text>')
    middle = (LEFT + WIDTH - RIGHT) / 2
    out.append(f'<text x="{middle}" y="{HEIGHT - 10}" text-anchor="middle">areas</text>')
    tasks = list(dict.fromkeys(name.rsplit(", ", 1)[0] for name in lines))
    for number, (name, line) in enumerate(lines.items()):
        task, side = name.rsplit(", ", 1)
        colour = COLOURS[tasks.index(task) % len(COLOURS)]
        dashes = ' stroke-dasharray="6 4"' if side == "peer" else ""
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(*point) for point in line))
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>')
        y = TOP + 20 + number * 24
        x = WIDTH - RIGHT + 15
        out.append(f'<path d="M{x} {y - 4}h30" stroke="{colour}" stroke-width="2"{dashes}/>')
        out.append(f'<text x="{x + 38}" y="{y}">{escape(name)}</text>')
    return "\n".join([*out, "</svg>"]) + "\n"
