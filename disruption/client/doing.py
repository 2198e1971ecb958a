"""What a program does with a client: handles, parallel calls, gateway commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from ..counters import Counters
from ..errors import ClientStopped, NotConnected
from ..types import GuildMember, PartialChannel, PartialGuild, PartialUser, bind
from ..types.snowflakes import SnowflakeLike, snowflake_of

if TYPE_CHECKING:
    from concurrent.futures import Future

    from ..dispatch import Dispatcher, Submitter
    from ..gateway import Connection, MemberFetcher
    from ..rest import Rest
    from ..timer import Handle, Timer
    from ..types import Snowflake

__all__ = ["Doing"]

_T = TypeVar("_T")
_P = ParamSpec("_P")


class Doing:
    """The part of the client that acts."""

    rest: Rest
    counters: Counters
    dispatcher: Dispatcher
    _submitter: Submitter
    _timer: Timer
    _connection: Connection | None
    _members: MemberFetcher | None
    _running: bool

    def submit(
        self, function: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs
    ) -> Future[_T]:
        """Run a function on a thread beside the handlers and return its future.

        ```python
        futures = [client.submit(channel.send, "Hello") for channel in channels]
        ```

        Raises:
            ClientStopped: The client is not running.
        """
        if not self._running:
            raise ClientStopped("the client is not running: call connect() first")
        return self._submitter.submit(function, *args, **kwargs)

    def submit_later(
        self, delay: float, function: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs
    ) -> Handle:
        """Run a function on a thread beside the handlers, `delay` seconds from now.

        It does not run if the client is stopped before.

        Returns:
            A handle, whose `cancel()` prevents it.

        Raises:
            ClientStopped: The client is not running.
        """
        if not self._running:
            raise ClientStopped("the client is not running: call connect() first")
        # The timer only schedules; the function has a thread of its own.
        return self._timer.call_later(
            delay, lambda: self._submitter.submit(function, *args, **kwargs)
        )

    def bind(self, value: _T) -> _T:
        """Let the verbs of an object, and of those inside it, go through this client."""
        return bind(value, self)

    def channel(self, channel_id: SnowflakeLike) -> PartialChannel:
        """Return a handle of a channel; no request is made."""
        return self.bind(PartialChannel(id=snowflake_of(channel_id, "channel_id")))

    def guild(self, guild_id: SnowflakeLike) -> PartialGuild:
        """Return a handle of a guild; no request is made."""
        return self.bind(PartialGuild(id=snowflake_of(guild_id, "guild_id")))

    def partial_user(self, user_id: SnowflakeLike) -> PartialUser:
        """Return a handle of a user; no request is made."""
        return self.bind(PartialUser(id=snowflake_of(user_id, "user_id")))

    def fetch_members(
        self,
        guild_id: int,
        *,
        query: str | None = None,
        limit: int = 0,
        user_ids: Iterable[int] | None = None,
        presences: bool = False,
        timeout: float | None = 60.0,
    ) -> list[GuildMember]:
        """Ask the gateway for members of a guild; see `PartialGuild.fetch_members`."""
        from ..gateway.members import members_of  # loaded by the first client

        members = self._members
        if members is None or not self._running:
            raise NotConnected("the client is not connected: call connect() first")
        with self.dispatcher.blocking():
            chunks = members.fetch(
                guild_id,
                query=query,
                limit=limit,
                user_ids=user_ids,
                presences=presences,
                timeout=timeout,
            )
        return members_of(chunks, self)

    def update_presence(self, **options: Any) -> None:
        """Change what the bot is shown as doing; see `disruption.gateway.presence_data`.

        Raises:
            NotConnected: The client is not connected.
        """
        self._live().update_presence(**options)

    def update_voice_state(
        self,
        guild_id: Snowflake | int,
        channel_id: Snowflake | int | None,
        *,
        self_mute: bool = False,
        self_deaf: bool = False,
    ) -> None:
        """Join, move to, or (None) leave a voice channel.

        Raises:
            NotConnected: The client is not connected.
        """
        self._live().update_voice_state(
            guild_id, channel_id, self_mute=self_mute, self_deaf=self_deaf
        )

    def _live(self) -> Connection:
        connection = self._connection
        if connection is None or not self._running:
            raise NotConnected("the client is not connected: call connect() first")
        return connection
