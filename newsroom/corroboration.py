"""Looking whether anybody independent reports what the state voices report, with what the sources were asked meanwhile."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from newsdesk.corroboration import LOOK_AHEAD, LOOK_BACK, Member, SourceSearch, corroborate, window
from newsdesk.editions import Policy
from newsdesk.judging import Label
from newsdesk.outlets import Outlet, Source
from newsdesk.provenance import label_of
from storage.corroboration import Polled, SqlCorroborationBook

log = logging.getLogger(__name__)

Configured = Callable[[], tuple[Mapping[str, Outlet], Policy]]
LONGEST_LOOK = timedelta(days=60)  # older state reports are looked at once, with what is in the story


class CorroborationRoom:
    """The searches of a desk; ``configured`` gives the outlets by id and the policy that are in force."""

    def __init__(self, book: SqlCorroborationBook, configured: Configured) -> None:
        self.book = book
        self._configured = configured

    def look(self, now: datetime) -> int:
        """Look at every story that asks for it; returns how many state reports that editors hold or accepted were found to
        be reported independently."""
        told = {story_id: self.book.members(story_id) for story_id in self.book.due(now)}
        told = {story_id: members for story_id, members in told.items() if members}
        if not told:
            return 0
        since = max(min(window(members, now)[0] for members in told.values()), now - LONGEST_LOOK)
        polled = self.book.polled(since)
        news = sum(self._look_at(story_id, members, polled, now) for story_id, members in told.items())
        if news:
            log.warning("%d state reports that are held or accepted are independently reported now; see the queue", news)
        return news

    def _look_at(self, story_id: int, members: Sequence[Member], polled: Mapping[str, Polled], now: datetime) -> bool:
        since, until = window(members, now)
        searches = tuple(self._searches(polled, since, until))
        found = corroborate(members, searches, now)
        return self.book.record(story_id, found, now >= _closes(members), now)

    def _searches(self, polled: Mapping[str, Polled], since: datetime, until: datetime) -> Iterator[SourceSearch]:
        """The sources that could have brought an independent report, with how they were read between two moments."""
        outlets, policy = self._configured()
        for outlet in outlets.values():
            if outlet.switched_off is not None or label_of(outlet, since.date(), policy).label is not Label.NOT_STATE_MEDIA:
                continue
            for source in outlet.sources:
                if source.switched_off is None:
                    yield _search(outlet, source, polled.get(source.id, Polled()), since, until)


def _closes(members: Sequence[Member]) -> datetime:
    """When the search of a story ends for good."""
    voices = [member for member in members if member.state_voice] or list(members)
    return max(member.when for member in voices) + LOOK_AHEAD


def _search(outlet: Outlet, source: Source, polled: Polled, since: datetime, until: datetime) -> SourceSearch:
    good, failed, unread = polled.between(since + LOOK_BACK, until)
    return SourceSearch(
        source_id=source.id,
        outlet_id=outlet.id,
        outlet_name=outlet.name,
        languages=(source.language,) if source.language else tuple(outlet.languages),
        good=len(good),
        failed=failed,
        first_good_at=good[0] if good else None,
        last_good_at=good[-1] if good else None,
        unread=unread,
    )
