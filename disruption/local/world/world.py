"""The world: every resource on one lock, and the one function that announces a change."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..clock import Clock, iso
from . import store
from .acting import acting
from .activities import Activities
from .applications import Applications
from .audit import AuditLog
from .auto_moderation import AutoModeration
from .channels import Channels
from .commands import Commands
from .community import Community
from .emojis import Emojis
from .entitlements import Entitlements
from .events import Event
from .files import Files
from .group_dms import GroupDMs
from .guilds import Guilds
from .ids import Snowflakes
from .integrations import Integrations
from .interactions import Interactions
from .invites import Invites
from .join_requests import JoinRequests
from .lobbies import Lobbies
from .members import Members
from .messages import Messages
from .oauth import Grant, OAuth
from .permissions import Permissions
from .polls import Polls
from .presences import Presences
from .reactions import Reactions
from .role_connections import RoleConnections
from .roles import Roles
from .schedule import Schedule
from .scheduled_events import ScheduledEvents
from .soundboard import Soundboard
from .stages import Stages
from .stickers import Stickers
from .templates import Templates
from .threads import Threads
from .transcript import Transcript
from .users import Users
from .voice import Voice
from .webhooks import Webhooks

if TYPE_CHECKING:
    from ..driver import ChannelView, Player

__all__ = ["Account", "World"]

Listener = Callable[[Event], None]


@dataclass(frozen=True)
class Account:
    """Whoever a token belongs to; `application_id` is None for a person.

    Attributes:
        grant: What an access token of OAuth2 allows; None for every other token.
    """

    user_id: str
    application_id: str | None
    grant: Grant | None = None

    @property
    def is_bot(self) -> bool:
        """Whether this is a bot."""
        return self.application_id is not None


class World:
    """Users, bots, guilds and everything in them; see the package's docstring for the calls.

    Args:
        clock: The world's time; the real time by default.
        seed: Makes tokens and everything else that is random the same in each run; None lets
            nobody guess them.
    """

    def __init__(self, clock: Clock | None = None, *, seed: int | None = 0) -> None:
        self.lock = threading.RLock()  # guards every attribute below and all resources
        self.changed = threading.Condition(self.lock)  # notified after each announced event
        self.clock = clock if clock is not None else Clock()
        self.random = random.SystemRandom() if seed is None else random.Random(seed)
        self.ids = Snowflakes(self.clock)
        self._listeners: list[Listener] = []
        self.schedule = Schedule(self)
        self.clock.subscribe(self.schedule.moved)
        #: User ids with a session on the gateway; kept by the gateway.
        self.connected: set[str] = set()
        self.permissions = Permissions(self)
        self.audit = AuditLog(self)
        self.users = Users(self)
        self.applications = Applications(self)
        self.guilds = Guilds(self)
        self.integrations = Integrations(self)
        self.invites = Invites(self)
        self.roles = Roles(self)
        self.members = Members(self)
        self.channels = Channels(self)
        self.group_dms = GroupDMs(self)
        self.threads = Threads(self)
        self.messages = Messages(self)
        self.polls = Polls(self)
        self.reactions = Reactions(self)
        self.webhooks = Webhooks(self)
        self.commands = Commands(self)
        self.interactions = Interactions(self)
        self.auto_moderation = AutoModeration(self)
        self.emojis = Emojis(self)
        self.stickers = Stickers(self)
        self.soundboard = Soundboard(self)
        self.scheduled_events = ScheduledEvents(self)
        self.stages = Stages(self)
        self.entitlements = Entitlements(self)
        self.oauth = OAuth(self)
        self.role_connections = RoleConnections(self)
        self.lobbies = Lobbies(self)
        self.activities = Activities(self)
        self.join_requests = JoinRequests(self)
        self.templates = Templates(self)
        self.community = Community(self)
        self.presences = Presences(self)
        self.voice = Voice(self)
        self.files = Files()
        self.transcript = Transcript()
        #: Seconds that pass between what a person sees and their reaction to it. Clients keep the
        #: handlers of a button or a modal when the request that sent it returns, which is after
        #: the event: nobody is faster than that, and the driver must not be either.
        self.reaction_time = 0.05
        self.expected: dict[str, int] = {}  # channel id -> transcript line of its last `expect`
        self.subscribe(self.transcript.hear)

    def now(self) -> str:
        """Return the world's time in ISO 8601."""
        return iso(self.clock.now())

    def acting(
        self, user_id: str | None, reason: str | None = None
    ) -> AbstractContextManager[None]:
        """Let somebody be behind every change this thread makes inside, for the audit log."""
        return acting(user_id, reason)

    def authenticate(self, token: str) -> Account | None:
        """Return whose token this is; a leading `Bot ` or `Bearer ` does not matter."""
        for prefix in ("Bot ", "Bearer "):
            if token.startswith(prefix):
                token = token[len(prefix) :]
        with self.lock:
            application_id = self.applications.by_token(token)
            if application_id is not None:
                return Account(self.applications.state(application_id)["_user_id"], application_id)
            user_id = self.users.by_token(token)
            if user_id is not None:
                return Account(user_id, None)
            grant = self.oauth.by_token(token)
            return Account(grant.user_id, None, grant) if grant is not None else None

    def announce(
        self,
        name: str,
        data: dict[str, Any],
        *,
        guild_id: str | None = None,
        channel_id: str | None = None,
        user_ids: Collection[str] | None = None,
        author_id: str | None = None,
        exempt: Collection[str] = (),
        needed: int = 0,
        excluded: Collection[str] = (),
    ) -> Event:
        """Tell every listener about a change; the only way an event comes into being.

        Call it with the lock held and with data that nobody changes afterwards. The arguments
        are the fields of `Event`.
        """
        event = Event(
            name,
            data,
            guild_id,
            channel_id,
            None if user_ids is None else frozenset(user_ids),
            author_id,
            frozenset(exempt),
            needed,
            frozenset(excluded),
        )
        with self.lock:
            for listener in self._listeners:
                listener(event)
            self.changed.notify_all()
        return event

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` for every event from now on, under the lock; it must not block.

        Returns:
            A function that ends it.
        """
        with self.lock:
            self._listeners.append(listener)

        def end() -> None:
            with self.lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return end

    def wait_until(self, predicate: Callable[[], object], timeout: float = 5.0) -> bool:
        """Block until the predicate holds; it is asked again after each change.

        Args:
            predicate: Called under the lock.
            timeout: Seconds.

        Returns:
            Whether it held in time.
        """
        with self.changed:
            return bool(self.changed.wait_for(predicate, timeout))

    def react_like_a_person(self, seen_at: float) -> None:
        """Wait until `reaction_time` has passed since a moment of the monotonic clock."""
        left = seen_at + self.reaction_time - time.monotonic()
        if left > 0:
            threading.Event().wait(left)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the whole world to a JSON file, the bytes of its files included.

        Sessions, presences, who is in voice and interactions under way are not in it.
        """
        store.save(self, path)

    def load(self, path: str | os.PathLike[str]) -> None:
        """Become the world that `save` wrote to a file.

        Raises:
            WorldFileError: The file cannot be read or is not such a file.
        """
        store.load(self, path)

    def user(self, name: str) -> Player:
        """Return the person of this name to act for; one who does not exist yet is made and
        joins the first guild."""
        from ..driver import Player

        return Player.named(self, name)

    def channel(self, name: str, guild: str | None = None) -> ChannelView:
        """Return a channel (`#general`, or an id) to look at and to wait on."""
        from ..driver import ChannelView

        return ChannelView.named(self, name, guild)
