"""A Discord for one test: its people, its channels, its bots, and why something did not happen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ..errors import InvalidArgument
from ..local import LocalDiscord
from ..local.clock import Clock
from ..local.driver import ChannelView, DriverError, ExpectationFailed, Player
from ..local.faults import Faults
from ..local.rest.log import RequestLog, Seen
from ..local.server import Bot
from ..local.world import World, WorldError
from ..local.world.audit import ACTIONS
from ..local.world.transcript import Line
from .arguments import checked_name
from .bots import running, settled
from .channel import Channel
from .errors import ErrorLog, Unmet
from .traffic import Sent, Traffic
from .user import User

if TYPE_CHECKING:
    from typing_extensions import Self

    from ..client import Client

__all__ = ["GENERAL", "Discord"]

__tracebackhide__ = True  # pytest shows the line of the test, not ours

#: Where people talk if nobody says where.
GENERAL = "#general"

_LAST = 1.0  # seconds that handlers get at the end of a test
_SAID = 30  # lines of the conversation that a failure shows


class Discord:
    """A local Discord with everything a test wants of it.

    It begins with a guild "Home", its channel `#general` and a user `admin`.

    Attributes:
        timeout: Seconds that an expectation waits unless it says otherwise.
        errors: What handlers have raised.

    Args:
        timeout: See above.
        rate_limits: Whether REST has Discord's rate limits; most tests are quicker without.
        options: Further arguments of `LocalDiscord` (`clock`, `seed`, `world`, `empty`, …).
    """

    def __init__(self, *, timeout: float = 5.0, rate_limits: bool = False, **options: Any) -> None:
        self.local = LocalDiscord(rate_limits=rate_limits, **options)
        self.timeout = timeout
        self.errors = ErrorLog(self.local.world)
        self._clients: list[Client] = []
        self._traffic: Traffic | None = None

    # Start and stop ---------------------------------------------------------------------------

    def start(self) -> Self:
        """Start it; returns when it answers."""
        self.local.start()
        self._traffic = Traffic(self.local)
        self.errors.open()
        return self

    def stop(self) -> None:
        """Stop it and end all of its threads; the world can still be looked at."""
        self.errors.close()
        traffic = self._traffic
        if traffic is not None:
            traffic.close()
        self.local.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        return "<Discord>"

    # What there is ----------------------------------------------------------------------------

    @property
    def world(self) -> World:
        """Everything in it, to furnish it and to look at; see `disruption.local.world`."""
        return self.local.world

    @property
    def clock(self) -> Clock:
        """Its time; `advance` moves it."""
        return self.local.clock

    @property
    def faults(self) -> Faults:
        """What goes wrong on purpose; see docs/local.md."""
        return self.local.faults

    @property
    def requests(self) -> RequestLog:
        """Every REST request so far, oldest first, with its answer's status."""
        return self.local.requests

    @property
    def events(self) -> list[Sent]:
        """Every gateway event so far, oldest first, with the bots that got it."""
        return [] if self._traffic is None else self._traffic.events

    @property
    def rest_url(self) -> str:
        """Where REST is, for `Client(rest_url=…)` or the environment's DISRUPTION_REST_URL."""
        return self.local.rest_url

    @property
    def clients(self) -> list[Client]:
        """The clients that run on it."""
        return list(self._clients)

    def user(self, name: str) -> User:
        """Return the person of this name; one who does not exist is made and joins the guild."""
        return User(self, Player.named(self.world, checked_name(name, "A person's name", 32)))

    def channel(self, name: str | int = GENERAL, guild: str | None = None) -> Channel:
        """Return a channel by its name or id.

        Raises:
            DriverError: There is none.
        """
        return Channel(self, ChannelView.named(self.world, str(name), guild).id)

    def add_channel(self, name: str, guild: str | None = None, **fields: Any) -> Channel:
        """Make a channel; `fields` are those of `world.channels.create`."""
        plain = checked_name(name, "A channel's name", 100).removeprefix("#")
        made = self.world.channels.create(self.guild_id(guild), plain, **fields)
        return Channel(self, str(made["id"]))

    def guild_id(self, guild: str | None = None) -> str:
        """Return the id of a guild by its name or id; None is the first.

        Raises:
            DriverError: There is none.
        """
        with self.world.lock:
            found = self.world.guilds.find(guild) if guild else next(iter(self._guilds()), None)
            if found is None:
                raise DriverError(f"There is no guild {guild!r}" if guild else "There is no guild")
            return str(found)

    def _guilds(self) -> list[str]:
        return list(self.world.guilds.all())

    @property
    def audit_log(self) -> list[dict[str, Any]]:
        """The audit log of the first guild, newest first, as Discord writes entries."""
        return self.world.audit.list(self.guild_id(), limit=1000)

    # Bots -------------------------------------------------------------------------------------

    def add_bot(self, name: str = "bot", **options: Any) -> Bot:
        """Make an application and its bot, which joins; see `LocalDiscord.add_bot`."""
        return self.local.add_bot(name, **options)

    @contextmanager
    def running(self, factory: Any, name: str = "bot", **options: Any) -> Iterator[Client]:
        """Run a client in here for as long as the block lasts.

        Args:
            factory: What makes it: a `Handler` or a class of handlers, a function that returns
                a `Client` (it may take `token` and `rest_url`), or "module:name" of one of
                these or of a client.
            name: The bot's name.
            options: Further arguments of `add_bot`, such as `privileged`.

        Raises:
            InvalidArgument: The factory makes no client, or one that would connect elsewhere.
        """
        account = self.local.add_bot(name, **options)
        with running(factory, account, self.rest_url, name, self.errors) as client:
            self._clients.append(client)
            try:
                yield client
            finally:
                self._clients.remove(client)

    # Time -------------------------------------------------------------------------------------

    def advance(self, seconds: float) -> None:
        """Move the time of this Discord forward: interactions expire, timeouts and polls end.

        The bot's own clocks go on as before.
        """
        self.clock.advance(self.seconds(seconds, "seconds"))

    def settle(self, timeout: float | None = None) -> bool:
        """Wait until the bots have received everything so far and their handlers are done.

        A handler that waits for a further event does not count as running.

        Args:
            timeout: Seconds; None is `self.timeout`.

        Returns:
            Whether they were done in time.
        """
        left = self.seconds(timeout)
        return all(settled(client, self.world, left) for client in self._clients)

    # Expectations -----------------------------------------------------------------------------

    def expect(
        self,
        condition: Callable[[], object],
        what: str = "What the test waits for",
        timeout: float | None = None,
    ) -> None:
        """Wait until a condition holds; it is asked again after each change of the world.

        Args:
            condition: Called without arguments.
            what: Its name, for the failure.
            timeout: Seconds; None is `self.timeout`.

        Raises:
            ExpectationFailed: It did not hold in time, or a handler failed meanwhile.
        """
        if not callable(condition):
            raise InvalidArgument(f"expect() takes a function to ask, not {condition!r}")
        seconds = self.seconds(timeout)
        held: list[object] = []

        def done() -> bool:
            held[:] = [condition()]
            return bool(held[0]) or self.errors.fatal is not None

        self.world.wait_until(done, seconds)
        if not held or not held[0]:
            raise self.failure(f"{what} did not happen{self.within(seconds)}.")

    def expect_event(
        self,
        name: str,
        where: Callable[[dict[str, Any]], object] | None = None,
        timeout: float | None = None,
    ) -> dict[str, Any]:
        """Wait for an event of the gateway, or take the first one there was; return its payload.

        Args:
            name: On the wire, `GUILD_ROLE_CREATE`.
            where: A function of the payload that must be true.
            timeout: Seconds; None is `self.timeout`.
        """
        found: list[dict[str, Any]] = []

        def came() -> bool:
            for sent in self.events:
                if sent.name == name and (where is None or where(sent.data)):
                    found.append(sent.data)
                    return True
            return False

        self.expect(came, f"The event {name}", timeout)
        return found[0]

    def expect_request(
        self,
        method: str,
        route: str,
        where: Callable[[Seen], object] | None = None,
        timeout: float | None = None,
    ) -> Seen:
        """Wait for a REST request, or take the first one there was.

        Args:
            method: `POST`, ….
            route: In the documentation's notation, `/channels/{channel_id}/messages`.
            where: A function of the request that must be true.
            timeout: Seconds; None is `self.timeout`.
        """
        seconds = self.seconds(timeout)
        found: list[Seen] = []

        def came(requests: list[Seen]) -> bool:
            for seen in requests:
                fits = seen.method == method and seen.route == route
                if fits and (where is None or where(seen)):
                    found.append(seen)
                    return True
            return False

        if not self.requests.wait_for(came, seconds):
            raise self.failure(f"No request {method} {route} came{self.within(seconds)}.")
        return found[0]

    def expect_audit(
        self,
        action: str,
        *,
        reason: str | None = None,
        target: Any = None,
        timeout: float | None = None,
    ) -> dict[str, Any]:
        """Wait for an entry in the audit log of the first guild; return the newest one.

        Args:
            action: The name of its kind, `MEMBER_BAN_ADD`.
            reason: Its reason.
            target: What was changed: an id, or anything with an `id`.
            timeout: Seconds; None is `self.timeout`.
        """
        kind = _number(action)
        wanted = None if target is None else str(getattr(target, "id", target))
        found: list[dict[str, Any]] = []

        def written() -> bool:
            for entry in self.audit_log:
                if entry["action_type"] != kind:
                    continue
                if reason is not None and entry.get("reason") != reason:
                    continue
                if wanted is None or entry["target_id"] == wanted:
                    found.append(entry)
                    return True
            return False

        self.expect(written, f"An entry {action} in the audit log", timeout)
        return found[0]

    def expect_error(
        self,
        kind: type[BaseException] = Exception,
        match: str | None = None,
        timeout: float | None = None,
    ) -> BaseException:
        """Wait for a handler to raise an error; the test does not fail because of it.

        Args:
            kind: Its class.
            match: A regular expression that its text must contain.
            timeout: Seconds; None is `self.timeout`.
        """
        seconds = self.seconds(timeout)
        found: list[BaseException] = []

        def raised() -> bool:
            error = self.errors.take(kind, match)
            if error is not None:
                found.append(error)
            return bool(found)

        if not self.world.wait_until(raised, seconds):
            like = f" like {match!r}" if match is not None else ""
            raise self.failure(f"No handler raised {kind.__name__}{like}{self.within(seconds)}.")
        return found[0]

    def check(self) -> None:
        """Wait a moment for handlers that still run, and fail if one has raised an error.

        Raises:
            HandlersFailed: One has, and the test did not expect it.
        """
        self.settle(_LAST)
        self.errors.check()

    # Explaining -------------------------------------------------------------------------------

    def transcript(self, limit: int = _SAID) -> list[str]:
        """Return the conversation in all channels as text, a line a message or edit."""
        with self.world.lock:
            lines: list[Line] = self.world.transcript.latest(limit)
            return [f"{self._place(line.channel_id)}  {line}" for line in lines]

    def traffic(self, limit: int = 40) -> list[str]:
        """Return the latest events and requests as text."""
        return [] if self._traffic is None else self._traffic.lines(limit)

    def explain(self) -> str:
        """Return all that may tell why something did not happen."""
        parts = [
            _part("The conversation", self.transcript(), "Nobody said anything."),
            _part("The bots", [self._state_of(client) for client in self._clients], "None runs."),
            _part("The traffic", self.traffic(), "There was none."),
        ]
        errors = [str(item) for item in self.errors.unexpected]
        if errors:
            parts.append("What handlers raised:\n\n" + "\n\n".join(errors))
        return "\n\n".join(parts)

    def failure(self, message: str) -> ExpectationFailed:
        """Return the error for an expectation that was not met, with its explanation."""
        raised = self.errors.fatal
        if raised is not None:
            raised.expected = True  # it is told here, and need not be at the end of the test
            message += f"\nA handler failed: {raised.error!r} on {raised.where}."
        failed = Unmet(f"{message}\n\n{self.explain()}")
        if raised is not None:
            failed.__cause__ = raised.error
        return failed

    def seconds(self, value: float | None, name: str = "timeout") -> float:
        """Return how long something waits: `value`, or where it is None `self.timeout`.

        Raises:
            InvalidArgument: It is no number of seconds; `name` is what it is called.
        """
        if value is None:
            return self.timeout
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not value >= 0:
            raise InvalidArgument(f"{name}={value!r} is no number of seconds")
        return float(value)

    def within(self, seconds: float) -> str:
        """Return the end of a sentence about what did not happen."""
        return "" if self.errors.fatal is not None else f" within {seconds:g} s"

    @contextmanager
    def explaining(self) -> Iterator[None]:
        """Add the explanation to what an expectation inside raises."""
        try:
            yield
        except ExpectationFailed as failed:
            if isinstance(failed, Unmet):
                raise
            told = self.failure(str(failed))
            raise told from told.__cause__

    def _place(self, channel_id: str) -> str:
        try:
            return ChannelView(self.world, channel_id).name
        except WorldError:  # it was deleted
            return f"({channel_id})"

    def _state_of(self, client: Client) -> str:
        user = client.user
        name = user.username if user is not None else client.name
        state = "connected" if client.is_ready else "NOT connected"
        return f"{name} is {state}, with intents {client.intents!r}"


def _number(action: str) -> int:
    try:
        return ACTIONS[action]
    except KeyError:
        raise DriverError(f"There is no kind of audit log entry called {action!r}") from None


def _part(title: str, lines: list[str], nothing: str) -> str:
    return f"{title}:\n" + "\n".join(f"  {line}" for line in lines or [nothing])
