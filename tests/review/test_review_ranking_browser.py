"""The page Ranking in a real browser: the picture is drawn under the page's policy, and going back needs no scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.review.test_review_browser import Served, browser, context, served, signed_in  # noqa: F401


@pytest.mark.parametrize("context", [True, False], indirect=True, ids=["with scripts", "without scripts"])
def test_an_editor_looks_at_the_ranking_and_goes_back(served: Served, context: BrowserContext) -> None:  # noqa: F811
    page = signed_in(context, served)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.get_by_role("link", name="Ranking").click()
    expect(page.get_by_role("heading", name="Ranking", level=1)).to_be_visible()
    expect(page.get_by_role("table", name="Right and wrong by language").get_by_role("row")).to_have_count(3)
    dots = page.locator("svg.chart circle")
    expect(dots).to_have_count(2)
    box, frame = dots.nth(1).bounding_box(), page.locator("svg.chart").bounding_box()
    assert box and frame and box["width"] > 4
    assert frame["x"] < box["x"] and box["x"] + box["width"] < frame["x"] + frame["width"]
    page.get_by_label("Version", exact=True).select_option("0")
    page.get_by_label("Why", exact=True).fill("It likes football.")
    page.get_by_role("button", name="Let it rank").click()
    expect(page.get_by_role("status")).to_contain_text("From now on the watch-list alone ranks")
    expect(page.locator("ol.history")).to_contain_text("It likes football.")
    assert complaints == []
