"""Pictures as SVG, drawn by attributes only (the page's policy forbids inline styles and scripts). Pure."""

from __future__ import annotations

from collections.abc import Sequence

from newsdesk.learned import Bin

SIDE, MARGIN = 240, 30


def calibration_svg(bins: Sequence[Bin]) -> str:
    """What was said (across) against what was decided (up), both 0 to 100: a dot for each group, on the line where right.

    The dots' areas grow with the number of stories. The words for who cannot see it stand in its title and description.
    """
    whole = SIDE + 2 * MARGIN
    most = max((each.count for each in bins), default=1)
    told = "; ".join(f"said {each.said:.0f}, accepted {each.seen:.0f} of 100 ({each.count} stories)" for each in bins)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" viewBox="0 0 {whole} {whole}" '
        f'width="{whole}" height="{whole}" font-size="10" fill="currentColor">',
        f"<title>Calibration</title><desc>{told or 'nothing to show yet'}</desc>",
        f'<path d="M{MARGIN} {MARGIN}v{SIDE}h{SIDE}" fill="none" stroke="currentColor"/>',
        f'<path d="M{MARGIN} {MARGIN + SIDE}l{SIDE} -{SIDE}" fill="none" stroke="currentColor" stroke-dasharray="4 4" opacity="0.5"/>',
    ]
    for mark in (0, 50, 100):
        at = MARGIN + SIDE * mark / 100
        parts.append(f'<text x="{at:.0f}" y="{MARGIN + SIDE + 14}" text-anchor="middle">{mark}</text>')
        parts.append(f'<text x="{MARGIN - 6}" y="{whole - at + 3:.0f}" text-anchor="end">{mark}</text>')
    for each in bins:
        across, up = MARGIN + SIDE * each.said / 100, MARGIN + SIDE * (1 - each.seen / 100)
        parts.append(f'<circle cx="{across:.1f}" cy="{up:.1f}" r="{2 + 5 * (each.count / most) ** 0.5:.1f}" opacity="0.7"/>')
    parts.append(f'<text x="{MARGIN + SIDE / 2:.0f}" y="{whole - 4}" text-anchor="middle">what the ranking said</text>')
    parts.append(f'<text x="{MARGIN}" y="{MARGIN - 12}">accepted, of 100</text></svg>')
    return "".join(parts)
