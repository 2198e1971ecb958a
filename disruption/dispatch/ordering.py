"""Events of one key in order and one at a time, while other keys run in parallel.

A key is asked for by a worker, never by the reader, and never under the pool's lock: it
may be a function of the user's. One worker at a time sorts (`start_sorting`, `assign`,
`place`), so that events of one key cannot overtake each other on the way.
"""

from __future__ import annotations

import heapq
import logging
from collections import deque
from collections.abc import Callable, Hashable
from typing import Any, Literal, TypeAlias

from ..counters import Counters
from ..errors import InvalidArgument
from ..throttle import OncePer
from .item import Item

__all__ = ["KeyFunction", "Lane", "Lanes", "Ordering", "key_function"]

log = logging.getLogger("disruption.dispatch")

KeyFunction: TypeAlias = Callable[[Any], "Hashable | None"]
Ordering: TypeAlias = "Literal['channel', 'guild'] | KeyFunction | None"

_BATCH = 256  # items sorted in one go

# Events that are the channel or the guild itself carry its id as `id`.
_CHANNELS = frozenset(
    f"{thing}_{what}" for thing in ("CHANNEL", "THREAD") for what in ("CREATE", "UPDATE", "DELETE")
)
_GUILDS = frozenset({"GUILD_CREATE", "GUILD_UPDATE", "GUILD_DELETE"})


def key_function(ordering: Ordering) -> KeyFunction | None:
    """Return the function from an event to its key that `ordering` stands for.

    Raises:
        InvalidArgument: `ordering` is none of None, "channel", "guild" and a function.
    """
    if ordering is None:
        return None
    if ordering == "channel":
        return _attribute_key("channel_id", _CHANNELS)
    if ordering == "guild":
        return _attribute_key("guild_id", _GUILDS)
    if callable(ordering):
        return ordering
    raise InvalidArgument(
        f"ordering={ordering!r} is not known: use None, 'channel', 'guild', or a function that "
        "takes an event and returns its key (or None for no key)"
    )


def _attribute_key(attribute: str, themselves: frozenset[str]) -> KeyFunction:
    attributes: dict[type, str] = {}  # event class -> where its key is

    def key(event: Any) -> Hashable | None:
        cls = type(event)
        name = attributes.get(cls)
        if name is None:
            name = "id" if getattr(cls, "event_name", "") in themselves else attribute
            attributes[cls] = name
        return getattr(event, name, None) or None

    return key


class Lane:
    """All events of one key that are queued, and whether one of them runs.

    Attributes:
        key: The key.
        taken: Whether an event of the lane may start or runs; the others wait.
        users: How many workers run, or wait inside, an event of the lane.
        ready: The item that may start, None where one runs or the key is lent.
        waiting: Items that wait, a heap.
        returning: Who wants the key back after having waited inside a handler; they come
            before the items.
    """

    __slots__ = ("key", "ready", "returning", "taken", "users", "waiting")

    def __init__(self, key: Hashable) -> None:
        self.key = key
        self.taken = False
        self.users = 0
        self.ready: Item | None = None
        self.waiting: list[Item] = []
        self.returning: deque[object] = deque()


class Lanes:
    """A backlog with orderings: of what may start, the earliest received starts first.

    Everything is called under the pool's lock except `assign`, which is called by the one
    worker that sorts, without it. Only that worker touches `_table`, whose keys are the
    user's objects and may run the user's code to hash and compare.
    """

    def __init__(self, key: KeyFunction, counters: Counters) -> None:
        self._key = key
        self._counters = counters
        self._error_log = OncePer()
        self._urgent: deque[Item] = deque()  # not sorted yet, and to be sorted first
        self._normal: deque[Item] = deque()  # not sorted yet
        self._ready: list[Item] = []  # may start; a heap
        self._stale = 0  # entries of that heap whose lane has put another item first
        self._waiting = 0  # items in lanes that wait for their turn
        self._sorting = 0  # items that a worker has taken out to sort
        self._table: dict[Hashable, Lane] = {}
        self._empty: list[Lane] = []  # lanes that may have come to rest

    def add(self, item: Item) -> None:
        """Take in one item, to be sorted later."""
        (self._normal if item[0] >= 0 else self._urgent).append(item)

    def take(self) -> Item | None:
        """Remove and return the item to start next; its lane is taken."""
        while self._ready:
            item = heapq.heappop(self._ready)
            lane = item[5]
            if lane is None:
                return item
            if lane.ready is item:
                lane.ready = None
                lane.users += 1
                return item
            self._stale -= 1
        return None

    def clear(self) -> list[Item]:
        """Remove and return all items that have not started."""
        items = [*self._urgent, *self._normal]
        while self._ready:
            item = heapq.heappop(self._ready)
            lane = item[5]
            if lane is None or lane.ready is item:
                items.append(item)
                if lane is not None:
                    lane.ready = None
        for lane in list(self._table.values()):
            items += lane.waiting
            lane.waiting.clear()
        self._urgent.clear()
        self._normal.clear()
        self._waiting = self._stale = 0
        return items

    @property
    def unsorted(self) -> int:
        """How many items a worker could sort now; none while one sorts."""
        return 0 if self._sorting else len(self._urgent) + len(self._normal)

    @property
    def runnable(self) -> int:
        """How many items may start now, or could once they are sorted."""
        return len(self._ready) - self._stale + self.unsorted

    def __len__(self) -> int:
        unsorted = len(self._urgent) + len(self._normal) + self._sorting
        return unsorted + len(self._ready) - self._stale + self._waiting

    def start_sorting(self) -> tuple[list[Item], list[Lane]]:
        """Take out the next items to sort, and the lanes that nobody uses any more."""
        items: list[Item] = []
        for source in (self._urgent, self._normal):
            while source and len(items) < _BATCH:
                items.append(source.popleft())
        self._sorting = len(items)
        rested = [lane for lane in self._empty if not (lane.taken or lane.users or lane.waiting)]
        self._empty.clear()
        return items, rested

    def assign(self, items: list[Item], rested: list[Lane], now: float) -> list[Item]:
        """Give each item the lane of its key; an item without a key gets none."""
        for lane in rested:
            self._forget(lane, now)
        return [(*item[:5], self._lane_of(item[1], now)) for item in items]

    def place(self, items: list[Item]) -> None:
        """Put sorted items where they may start, or wait for their lane."""
        self._sorting = 0
        for item in items:
            lane = item[5]
            if lane is None:
                heapq.heappush(self._ready, item)
            elif not lane.taken:
                lane.taken = True
                self._put_first(lane, item)
            elif lane.ready is not None and item[0] < lane.ready[0]:
                heapq.heappush(lane.waiting, lane.ready)
                self._waiting += 1
                self._stale += 1
                self._put_first(lane, item)
            else:
                heapq.heappush(lane.waiting, item)
                self._waiting += 1

    def finish(self, lane: Lane) -> object | None:
        """End an event of the lane and free the lane; return who has it now and waits for it."""
        lane.users -= 1
        return self.release(lane)

    def release(self, lane: Lane) -> object | None:
        """Free a lane; return who has it now and waits for it, None where nobody does."""
        if lane.returning:
            return lane.returning.popleft()
        if lane.waiting:
            self._waiting -= 1
            self._put_first(lane, heapq.heappop(lane.waiting))
            return None
        lane.taken = False
        if not lane.users:
            self._empty.append(lane)
        return None

    def retake(self, lane: Lane, who: object) -> bool:
        """Take a lane again for `who`; False where `who` has to wait for `release`.

        An item that may start but has not goes back: at the bound of threads there may be
        nobody to start it but those who wait for the lane.
        """
        if lane.ready is not None:
            heapq.heappush(lane.waiting, lane.ready)
            lane.ready = None
            self._waiting += 1
            self._stale += 1
        elif lane.taken:
            lane.returning.append(who)
            return False
        lane.taken = True
        return True

    def _put_first(self, lane: Lane, item: Item) -> None:
        lane.ready = item
        heapq.heappush(self._ready, item)

    def _lane_of(self, event: Any, now: float) -> Lane | None:
        try:
            key = self._key(event)
            if key is None:
                return None
            lane = self._table.get(key)
            if lane is None:
                lane = self._table[key] = Lane(key)
        except BaseException as error:
            self._report(error, now)
            return None
        return lane

    def _forget(self, lane: Lane, now: float) -> None:
        try:
            if self._table.get(lane.key) is lane:
                del self._table[lane.key]
        except BaseException as error:
            self._report(error, now)

    def _report(self, error: BaseException, now: float) -> None:
        failures = self._counters.add("dispatch.key_errors")
        if self._error_log(now):
            log.error(
                "The ordering function failed; its event counts as one without a key "
                "(%d failures so far)",
                failures,
                exc_info=error,
            )
