"""The page of a start that the content's findings stop."""

from __future__ import annotations

from screener.ui.content import Content, News
from screener.ui.shell.findings import StartFindingsPage


def stopped_page(content: Content, news: News) -> StartFindingsPage:
    """What was found, and the ways on: the last good pack, another look, the content that comes with the program."""
    good = content.pack
    page = StartFindingsPage(
        news.folder,
        news.findings,
        f"{good.head.id} {good.head.version}" if good is not None else "",
        is_shipped=content.origin == "shipped",
    )
    page.go_on.connect(content.go_on)
    page.again.connect(content.read)
    page.shipped.connect(content.use_shipped)
    return page
