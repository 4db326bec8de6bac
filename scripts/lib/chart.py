# SPDX-License-Identifier: Apache-2.0
"""The operation's days as a picture: bars for the day's kits, a line for all so far, steps for the target."""

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 900, 420, 60, 40, 60
BAR, LINE, STEP, TEXT = "#2f6f9f", "#b5491f", "#777777", "#222222"


def label(x, y, text, anchor="middle", colour=TEXT):
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" fill="{colour}">{text}</text>'


def days(rows, ordered):
    """An SVG document. rows have day, kits, kits_total, target."""
    most = max(max(row["kits"], row["target"]) for row in rows) * 1.1 or 1
    wide = (WIDTH - 2 * LEFT) / len(rows)
    deep = HEIGHT - TOP - BOTTOM
    floor = TOP + deep
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
             'font-family="sans-serif" font-size="12">',
             f"<title>{ordered} shields: kits of each day, and all so far</title>",
             f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
             f'<line x1="{LEFT}" y1="{floor}" x2="{WIDTH - LEFT}" y2="{floor}" stroke="{TEXT}"/>',
             label(LEFT, TOP - 16, "kits a day (bars), target (dashes)", "start", BAR),
             label(WIDTH - LEFT, TOP - 16, f"all so far (line), of {ordered}", "end", LINE)]
    points = []
    for i, row in enumerate(rows):
        x = LEFT + i * wide
        high = deep * row["kits"] / most
        want = floor - deep * row["target"] / most
        parts.append(f'<rect x="{x + wide * 0.15:.1f}" y="{floor - high:.1f}" width="{wide * 0.7:.1f}" height="{high:.1f}" fill="{BAR}"/>')
        parts.append(f'<line x1="{x:.1f}" y1="{want:.1f}" x2="{x + wide:.1f}" y2="{want:.1f}" stroke="{STEP}" stroke-dasharray="4 3"/>')
        parts.append(label(x + wide / 2, floor - high - 5, row["kits"]))
        parts.append(label(x + wide / 2, floor + 18, row["day"][5:]))
        parts.append(label(x + wide / 2, floor + 36, row["kits_total"], colour=LINE))
        points.append(f"{x + wide / 2:.1f},{floor - deep * row['kits_total'] / ordered:.1f}")
    parts.append(f'<polyline points="{" ".join(points)}" fill="none" stroke="{LINE}" stroke-width="2"/>')
    return "\n".join(parts + ["</svg>", ""])
