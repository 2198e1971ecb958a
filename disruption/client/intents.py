"""Which intents a bot needs: those of the events it listens to.

See https://discord.com/developers/docs/events/gateway#gateway-intents
"""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import DisallowedIntents, IntentNotRequested
from ..handler import Handler
from ..types import PRIVILEGED_INTENTS, ApplicationFlags, Intents
from ..types.events import EVENTS, Event, EventSpec

__all__ = ["check_privileged", "check_requested", "intents_for"]

_CONTENT = frozenset({"MESSAGE_CREATE", "MESSAGE_UPDATE"})
_PORTAL = "https://discord.com/developers/applications"
# Which flags of the application show that a privileged intent is switched on, and its name there.
_SWITCHES = (
    (
        Intents.GUILD_PRESENCES,
        ApplicationFlags.GATEWAY_PRESENCE | ApplicationFlags.GATEWAY_PRESENCE_LIMITED,
        "Presence Intent",
    ),
    (
        Intents.GUILD_MEMBERS,
        ApplicationFlags.GATEWAY_GUILD_MEMBERS | ApplicationFlags.GATEWAY_GUILD_MEMBERS_LIMITED,
        "Server Members Intent",
    ),
    (
        Intents.MESSAGE_CONTENT,
        ApplicationFlags.GATEWAY_MESSAGE_CONTENT | ApplicationFlags.GATEWAY_MESSAGE_CONTENT_LIMITED,
        "Message Content Intent",
    ),
)


def intents_for(
    handler: Handler | None, classes: Iterable[type], *, content_intent: bool = True
) -> Intents:
    """Return the intents that a handler's methods and `classes` of events need.

    `on_event`, like a function for every event, asks for all that are not privileged.

    Args:
        handler: Its overridden methods count.
        classes: The event classes of ``@client.on`` functions.
        content_intent: Whether a bot that gets messages needs their content.
    """
    listened = tuple(classes)
    intents = Intents.GUILDS
    if Event in listened or _overrides(handler, "on_event"):
        intents |= ~PRIVILEGED_INTENTS
    for spec in EVENTS.values():
        if _overrides(handler, spec.method) or any(
            cls is not Event and issubclass(spec.cls, cls) for cls in listened
        ):
            intents |= _needed(spec)
            if content_intent and spec.name in _CONTENT:
                intents |= Intents.MESSAGE_CONTENT
    return intents


def _overrides(handler: Handler | None, method: str) -> bool:
    if handler is None:
        return False
    own = getattr(handler, method)  # perhaps a function given to the instance
    return getattr(own, "__func__", own) is not getattr(Handler, method)


def _needed(spec: EventSpec) -> Intents:
    """Return the intents that bring an event, without privileged ones where it comes so too."""
    return (spec.intents - PRIVILEGED_INTENTS) or spec.intents


def check_privileged(intents: Intents, flags: int) -> None:
    """Compare the privileged intents that are asked for with those that are switched on.

    Args:
        intents: What is asked for.
        flags: The application's flags.

    Raises:
        DisallowedIntents: One is not switched on; the message says where to do that.
    """
    missing = [
        (intent, title)
        for intent, shown, title in _SWITCHES
        if intents & intent and not flags & shown
    ]
    if not missing:
        return
    names = tuple(intent.names[0] for intent, _ in missing)
    titles = " and ".join(f'"{title}"' for _, title in missing)
    advice = (
        f"The bot needs {' and '.join(names)}: switch on {titles} at {_PORTAL} → your "
        "application → Bot → Privileged Gateway Intents"
    )
    if "MESSAGE_CONTENT" in names:
        advice += (
            ", or pass content_intent=False if messages may come without content (their content "
            "comes in direct messages and where the bot is mentioned all the same)"
        )
    raise DisallowedIntents(4014, "Disallowed intent(s)", advice, names)


def check_requested(classes: Iterable[type], intents: Intents) -> None:
    """Refuse to wait for an event that Discord will not send.

    Raises:
        IntentNotRequested: Its intents are not among those the client connected with.
    """
    for cls in classes:
        specs = [spec for spec in EVENTS.values() if issubclass(spec.cls, cls)]
        if not specs or any(not spec.intents or spec.intents & intents for spec in specs):
            continue
        needed = " or ".join(specs[0].intents.names)
        raise IntentNotRequested(
            f"{cls.__name__} never comes: the client connected without {needed}. Override the "
            "handler's method or register the function before connect(), so that it is asked for, "
            "or pass intents=…"
        )
