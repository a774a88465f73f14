"""Looking whether anybody independent reports what the state voices report, with what the sources were asked meanwhile."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

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
        self._stop = threading.Event()

    def look(self, now: datetime) -> int:
        """Look at every story that asks for it; returns how many state reports that editors hold or accepted were found to
        be reported independently."""
        due = self.book.due(now)
        begins = [window(members, now)[0] for members in map(self.book.members, due) if members]
        if not begins:
            return 0
        polled = self.book.polled(max(min(begins), now - LONGEST_LOOK))
        counting: dict[date, Sequence[Outlet]] = {}
        news = 0
        for story_id in due:
            if self._stop.is_set():
                break  # the rest is due still, and looked at when newsdesk runs again
            try:
                news += self._look_at(story_id, polled, counting, now)
            except Exception:  # one story that cannot be judged must not keep the others from being looked at
                log.exception("Story %d could not be searched for independent reports; please report it", story_id)
        if news:
            log.warning("%d state reports that are held or accepted are independently reported now; see the queue", news)
        return news

    def stop(self) -> None:
        """Let a look that is under way end with the story it is at."""
        self._stop.set()

    def _look_at(self, story_id: int, polled: Mapping[str, Polled], counting: dict[date, Sequence[Outlet]], now: datetime) -> bool:
        members = self.book.members(story_id)  # again: an article may have joined since the others were looked at
        if not members:
            return False
        since, until = window(members, now)
        looked = since >= now - LONGEST_LOOK
        found = corroborate(members, tuple(self._searches(polled, counting, since, until)) if looked else None, now)
        return self.book.record(story_id, found, len(members), now >= _closes(members), now)

    def _searches(
        self, polled: Mapping[str, Polled], counting: dict[date, Sequence[Outlet]], since: datetime, until: datetime
    ) -> Iterator[SourceSearch]:
        """The sources that could have brought an independent report, with how they were read between two moments.
        ``counting`` keeps the outlets that count on a day."""
        if since.date() not in counting:
            counting[since.date()] = self._independent_on(since.date())
        for outlet in counting[since.date()]:
            for source in outlet.sources:
                if source.switched_off is None:
                    yield _search(outlet, source, polled.get(source.id, Polled()), since, until)

    def _independent_on(self, day: date) -> Sequence[Outlet]:
        outlets, policy = self._configured()
        on = [outlet for outlet in outlets.values() if outlet.switched_off is None]
        return [outlet for outlet in on if label_of(outlet, day, policy).label is Label.NOT_STATE_MEDIA]


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
