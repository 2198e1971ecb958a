"""The gateway: Discord's events over a WebSocket, kept up through everything.

Usable alone, without the client and without REST::

    from disruption.gateway import Gateway
    from disruption.types import Intents
    from disruption.types.events import MessageCreate

    intents = Intents.GUILDS | Intents.GUILD_MESSAGES | Intents.MESSAGE_CONTENT
    with Gateway("token", intents=intents) as gateway:    # returns at READY, or raises
        for event in gateway:
            if isinstance(event, MessageCreate):
                print(event.content)

`Gateway` resumes after every interruption by itself. It ends with `close`,
which also ends the iteration, or with an error that says what to do (a wrong
token, an intent that is not switched on). To miss nothing over a restart,
close with 4000 and give the state to the next process within a few minutes::

    gateway.close(4000)
    saved = gateway.state().to_dict()                     # JSON-ready
    ...
    Gateway("token", intents=intents, state=SessionState.from_dict(saved))

`Connection` with an `EventSink` is the layer below: what arrives is pushed to
the sink as JSON, on the connection's reader thread. `Session` is the layer
below that: the rules, with no thread, socket or clock in them.

The logger is ``disruption.gateway``; `Gateway.stats` counts all that was
dropped, retried, resumed or swallowed.

See https://discord.com/developers/docs/events/gateway
"""

from __future__ import annotations

from .backoff import Backoff
from .buffer import EventBuffer, RawEvent
from .commands import (
    presence_data,
    request_channel_info,
    request_guild_members,
    request_soundboard_sounds,
    update_presence,
    update_voice_state,
)
from .compression import check_compression
from .connection import Connection
from .gateway import Gateway
from .identify import GatewayInfo
from .limiter import SendLimiter
from .members import MemberFetcher
from .phases import Phase, Timeouts
from .session import Session
from .sink import (
    Connected,
    ConnectionEvent,
    Disconnected,
    EventSink,
    OpeningSink,
    SessionLost,
    SessionResumed,
    SessionStarted,
)
from .state import SessionState

__all__ = [
    "Backoff",
    "Connected",
    "Connection",
    "ConnectionEvent",
    "Disconnected",
    "EventBuffer",
    "EventSink",
    "Gateway",
    "GatewayInfo",
    "MemberFetcher",
    "OpeningSink",
    "Phase",
    "RawEvent",
    "SendLimiter",
    "Session",
    "SessionLost",
    "SessionResumed",
    "SessionStarted",
    "SessionState",
    "Timeouts",
    "check_compression",
    "presence_data",
    "request_channel_info",
    "request_guild_members",
    "request_soundboard_sounds",
    "update_presence",
    "update_voice_state",
]
