"""Watching the 3 seconds of every interaction: who is not answered in time is deferred.

The reader adds each interaction to a queue, and its answer takes it out; since all have the
same delay it is in the order of the deadlines, and one timed action for the oldest is enough.
The timer only schedules: the deferrals are sent by threads of their own, ``{name}-defer-{n}``,
each with a connection of its own, because one that sent by itself would lose most of a burst.

An interaction that comes again after a resume may be too old. Whether it is, no clock can
tell for sure, Discord can: it is deferred at once, and dropped where Discord knows it no more.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from concurrent.futures import wait as wait_for_all
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from ..counters import Counters
from ..dispatch.submit import Submitter
from ..errors import ClientStopped, DisruptionError, InvalidArgument, SubmitQueueFull
from ..timer import Timer
from ..types import InteractionType
from ..types.core.snowflake import DISCORD_EPOCH

if TYPE_CHECKING:
    from ..rest.responder import Responder
    from ..types import Interaction

__all__ = ["Deferrals", "Policy"]

_T = TypeVar("_T")
_log = logging.getLogger("disruption.client")

Policy = Callable[["Interaction"], "tuple[bool, bool]"]
"""Says of an interaction whether it may be deferred, and whether its answer is ephemeral."""

_AUTOCOMPLETE: Final = InteractionType.APPLICATION_COMMAND_AUTOCOMPLETE
_LATEST: Final = 2.5  # seconds: the deferral has to reach Discord before 3 are over
_FIRST_LIMIT: Final = 3.0  # seconds for the first answer
_SENDERS: Final = 32  # threads at most: a burst has to be through in a second
_SLACK: Final = 0.01  # seconds too early that are worth no second look
_SKEW: Final = 60.0  # seconds that a clock may be wrong where nothing tells how wrong it is
_AGAIN: Final = 0.2  # seconds between two looks at an answer that is under way, and may be refused
_GRACE: Final = 1.0  # seconds that a stop takes at most beyond its deadline to tidy up
_KEEP: Final = 64  # deferred ones that are not worth clearing out


class Deferrals:
    """Defers what nobody has answered in time.

    Args:
        name: Threads are named ``{name}-defer-{n}``.
        delay: Seconds after an interaction came; None never defers by itself.
        policy: Asked about each interaction, on a sending thread.
        timer: The scheduler; it belongs to the caller.
        counters: Where it is counted what became of interactions (``client.interactions_…``).
        clock: The clock of the timer, in seconds.
        wall: Seconds since 1970.

    Raises:
        InvalidArgument: The delay leaves Discord too little time.
    """

    def __init__(
        self,
        name: str,
        *,
        delay: float | None,
        policy: Policy,
        timer: Timer,
        counters: Counters,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        if delay is not None and not 0 <= delay <= _LATEST:
            raise InvalidArgument(
                f"auto_defer={delay}: Discord waits 3 seconds for the first answer, so it is "
                f"0 to {_LATEST} seconds, or None"
            )
        self.delay = delay
        self._policy = policy
        self._timer = timer
        self._counters = counters
        self._clock = clock
        self._wall = wall
        self._senders = Submitter(name, kind="defer", counters=counters, max_threads=_SENDERS)
        self._lock = threading.Lock()  # guards what follows
        # By id, in the order of their times. An answered one has to leave: thousands of whole
        # interactions that are kept alive make the garbage collector the dearest part of them.
        self._waiting: OrderedDict[int, tuple[float, Interaction]] = OrderedDict()
        self._sending: set[Future[None]] = set()  # what the senders are to do
        self._armed = False  # whether the timer has an action for the oldest
        self._open = True
        self._thinking: dict[int, Responder] = {}  # deferred ones whose users see "thinking…"
        self._worth_clearing = _KEEP  # how many of them are worth a look at all
        self._skew: float | None = None  # least seconds seen from making to coming, by our clock

    def start(self) -> None:
        """Watch again after a `stop`."""
        self._lock = threading.Lock()  # a fork may have copied a locked one
        with self._lock:
            self._waiting.clear()
            self._thinking.clear()
            self._sending.clear()
            self._armed = False
            self._open = True
        self._senders.start()

    def watch(self, interaction: Interaction) -> None:
        """Defer this interaction unless it is answered in time; called by a reader."""
        age = self._age(interaction)
        if self._skew is None or age < self._skew:
            self._skew = age
        if self.delay is None or interaction.type == _AUTOCOMPLETE:
            return
        interaction._tell_answered(self._answered)
        when = self._clock() + self.delay
        with self._lock:
            self._waiting[interaction.id] = (when, interaction)
            if self._armed or not self._open:
                return
            self._armed = True
        self._timer.call_at(when, self._sweep)

    def defer(self, interaction: Interaction) -> None:
        """Defer this interaction now, in this thread, where it may be and nobody has answered.

        Not after a `stop`: who would answer it then?
        """
        if self.delay is not None and self._open and interaction.type != _AUTOCOMPLETE:
            self._defer(interaction)

    def remember(self, interaction: Interaction) -> None:
        """See to it that nobody is left at "thinking…" if this interaction was deferred so."""
        with self._lock:
            self._note(interaction)

    def check(self, interaction: Interaction, then: Callable[[bool], object]) -> None:
        """Find out whether an interaction that came again can still be answered.

        Args:
            interaction: It.
            then: Called with the answer, on a thread of ours.
        """

        def ask() -> None:
            then(self._lives(interaction))

        self._submit(ask)

    def stop(self, timeout: float, *, keep_session: bool) -> None:
        """Leave nobody waiting for an answer that will not come, and end the threads.

        What is not answered is deferred where the session goes on elsewhere, so that whoever
        resumes it can fill the answers in; else "thinking…" is taken away where it is shown.

        Args:
            timeout: Seconds; a second more where something is to be sent.
            keep_session: Whether the session is resumed by another client.
        """
        end = time.monotonic() + timeout
        with self._lock:
            self._open = False
            waiting = [interaction for _, interaction in self._waiting.values()]
            self._waiting.clear()
            sending = list(self._sending)
        wait_for_all(sending, max(0.0, end - time.monotonic()))
        with self._lock:
            for interaction in waiting:
                self._note(interaction)
            thinking = [each for each in self._thinking.values() if _is_waited_for(each)]
            self._thinking.clear()
        unanswered = [each for each in waiting if not _is_answered(each)]
        if unanswered:
            self._counters.add("client.interactions_unanswered", len(unanswered))
            _log.warning("Stopped with %d interactions that nobody answered", len(unanswered))
        jobs: list[Future[None]] = []
        if keep_session:
            jobs = self._submit_all(self._defer, unanswered)
        elif thinking:
            self._counters.add("client.interactions_abandoned", len(thinking))
            _log.warning(
                'Stopped with %d deferred interactions that nobody answered: "thinking…" is '
                "taken away",
                len(thinking),
            )
            jobs = self._submit_all(_abandon, thinking)
        if jobs:
            end = max(end, time.monotonic() + _GRACE)
            wait_for_all(jobs, max(0.0, end - time.monotonic()))
        self._senders.stop(max(0.0, end - time.monotonic()))

    def _answered(self, responder: Responder) -> None:
        """Watch no longer what has been answered or deferred; called by whoever did it."""
        with self._lock:
            found = self._waiting.pop(responder.interaction_id, None)
            if found is not None:
                self._note(found[1])

    # On the timer's thread ---------------------------------------------------------------

    def _sweep(self) -> None:
        """Hand over who is due, forget who is answered, and look again when the next one is."""
        due: list[Interaction] = []
        now = self._clock()
        with self._lock:
            waiting = self._waiting
            while waiting:
                when, interaction = next(iter(waiting.values()))
                if _is_answered(interaction):
                    self._note(interaction)
                elif when <= now + _SLACK:
                    due.append(interaction)
                else:
                    break
                waiting.popitem(last=False)
            self._armed = bool(waiting) and self._open
            following = next(iter(waiting.values()))[0] if self._armed else 0.0
        if following:
            self._timer.call_at(following, self._sweep)
        for interaction in due:
            self._due(interaction, now)

    def _due(self, interaction: Interaction, since: float) -> None:
        """Have an interaction deferred; where somebody is answering it, see what becomes of that.

        Args:
            interaction: It.
            since: When it was due.
        """
        responder: Responder | None = interaction.__dict__.get("_responder")
        if responder is None or not responder.is_claimed:
            self._submit(partial(self._defer, interaction))
        elif self._clock() - since < _FIRST_LIMIT:
            self._timer.call_later(_AGAIN, partial(self._due, interaction, since))

    def _note(self, interaction: Interaction) -> None:
        """Under the lock: remember an interaction whose user sees "thinking…"."""
        responder: Responder | None = interaction.__dict__.get("_responder")
        if responder is None or not responder.is_waited_for:
            return
        thinking = self._thinking
        if len(thinking) >= self._worth_clearing:
            for key in [key for key, each in thinking.items() if not _is_waited_for(each)]:
                del thinking[key]
            self._worth_clearing = max(_KEEP, 2 * len(thinking))
        thinking[interaction.id] = responder

    # On the sending threads --------------------------------------------------------------

    def _defer(self, interaction: Interaction) -> None:
        defer, ephemeral = self._ask(interaction)
        if defer and interaction.responder.auto_defer(ephemeral=ephemeral):
            self.remember(interaction)

    def _ask(self, interaction: Interaction) -> tuple[bool, bool]:
        try:
            return self._policy(interaction)
        except Exception:
            self._counters.add("client.defer_policy_errors")
            _log.exception("Whether to defer an interaction could not be found out; it is deferred")
            return True, False

    def _lives(self, interaction: Interaction) -> bool:
        if self.delay is not None and interaction.type != _AUTOCOMPLETE:
            defer, ephemeral = self._ask(interaction)
            if defer:
                responder = interaction.responder
                responder.auto_defer(ephemeral=ephemeral)
                return self._judge(not responder.is_expired)
        skew = self._skew if self._skew is not None else _SKEW
        return self._judge(self._age(interaction) - skew < _FIRST_LIMIT)

    def _age(self, interaction: Interaction) -> float:
        """Return how many seconds ago it was made, if our clock and Discord's agree."""
        return self._wall() - ((interaction.id >> 22) + DISCORD_EPOCH) / 1000

    def _judge(self, lives: bool) -> bool:
        if not lives:
            self._counters.add("client.interactions_expired")
            _log.warning("Dropped an interaction that came again too late to be answered")
        return lives

    def _submit(self, job: Callable[[], None]) -> Future[None] | None:
        try:
            future = self._senders.submit(self._run, job)
        except (ClientStopped, SubmitQueueFull) as error:
            self._counters.add("client.interactions_undeferred")
            _log.warning("An interaction is not deferred: %s", error)
            return None
        with self._lock:
            self._sending.add(future)
        future.add_done_callback(self._sent)
        return future

    def _run(self, job: Callable[[], None]) -> None:
        try:
            job()
        except Exception:
            self._counters.add("client.deferral_errors")
            _log.exception("Deferring an interaction failed")

    def _sent(self, future: Future[None]) -> None:
        with self._lock:
            self._sending.discard(future)

    def _submit_all(self, job: Callable[[_T], None], items: Iterable[_T]) -> list[Future[None]]:
        made = [self._submit(partial(job, item)) for item in items]
        return [future for future in made if future is not None]


def _is_answered(interaction: Interaction) -> bool:
    """Tell whether there is an answer; without making a responder for it."""
    responder: Responder | None = interaction.__dict__.get("_responder")
    return responder is not None and responder.is_answered and not responder.is_claimed


def _is_waited_for(responder: Responder) -> bool:
    return responder.is_waited_for and not responder.handed_over and not responder.is_expired


def _abandon(responder: Responder) -> None:
    try:
        responder.delete_response()
    except DisruptionError as error:
        _log.info("A deferred answer could not be taken back: %s", error)
