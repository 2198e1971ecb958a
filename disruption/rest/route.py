"""Routes: from a template and its values to a path that is safe to send.

A `Route` is made once, as a module constant, from the template in Discord's
documentation; calling it with the values gives a `Target`, which knows the path, the
rate-limit keys, and a name without ids or tokens for logs and errors.

Nothing that a user passes can change which endpoint is asked: ids must be decimal,
everything else is percent-encoded, and the segments ``.`` and ``..`` are refused,
because HTTP libraries resolve them (an emoji ``..`` would delete the message).
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from disruption.errors import InvalidArgument
from disruption.types.snowflakes import SnowflakeLike
from disruption.types.snowflakes import snowflake_of as snowflake

__all__ = ["Route", "SnowflakeLike", "Target", "emoji_text", "snowflake"]


_PARAMETER: Final = re.compile(r"\{(\w+)(?::(\w+))?\}")
_MENTIONED_EMOJI: Final = re.compile(r"<a?:(\w{1,100}):(\d{1,20})>\Z")
_CUSTOM_EMOJI: Final = re.compile(r"\w{1,100}:\d{1,20}\Z")

# The resources whose id is part of the rate limit
# (https://discord.com/developers/docs/topics/rate-limits).
_MAJOR: Final = frozenset(("channel_id", "guild_id", "webhook_id", "interaction_id"))
_REPEATABLE: Final = frozenset(("GET", "HEAD", "PUT", "PATCH", "DELETE"))


def emoji_text(value: object, name: str = "emoji") -> str:
    """Return an emoji as Discord's paths take it: ``👍`` or ``name:id``.

    Args:
        value: A Unicode emoji, ``name:id``, ``<:name:id>``, or an object with ``name``
            and ``id``.
        name: What to call it in the error.

    Raises:
        InvalidArgument: It cannot be an emoji.
    """
    if isinstance(value, str):
        text = value.strip()
        if mentioned := _MENTIONED_EMOJI.match(text):
            return f"{mentioned[1]}:{mentioned[2]}"
        if not text or len(text) > 120 or (text.isascii() and not _CUSTOM_EMOJI.match(text)):
            raise InvalidArgument(
                f"{name} must be a Unicode emoji or name:id of a custom one, not {text[:40]!r}"
            )
        return text
    emoji_name = getattr(value, "name", None)
    emoji_id = getattr(value, "id", None)
    if emoji_id:
        return f"{emoji_name or '_'}:{snowflake(emoji_id, name)}"
    if isinstance(emoji_name, str) and emoji_name:
        return emoji_text(emoji_name, name)
    raise InvalidArgument(
        f"{name} must be a str or an object with a name and an id, not {type(value).__name__}"
    )


def _segment(value: object, name: str, *, secret: bool) -> str:
    shown = "" if secret else f": {str(value)[:40]!r}"
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise InvalidArgument(f"{name} must be a str, not {type(value).__name__}")
    text = str(value)
    if not text or text in (".", ".."):
        raise InvalidArgument(f"{name} must not be empty, '.' or '..'")
    if not text.isprintable() or (secret and " " in text):
        raise InvalidArgument(f"{name} has characters that it cannot have{shown}")
    try:
        return quote(text, safe="")
    except UnicodeEncodeError:
        raise InvalidArgument(f"{name} is not valid Unicode{shown}") from None


class Target:
    """One request's address: where it goes and which rate limits it falls under."""

    __slots__ = ("key", "major", "path", "route")

    def __init__(self, route: Route, path: str, key: str, major: str) -> None:
        self.route = route  # what it was made from
        self.path = path  # below the base URL, percent-encoded; may hold tokens: never log it
        self.key = key  # the route as the rate limits see it
        self.major = major  # the value of the major parameter, "" where there is none

    def __repr__(self) -> str:
        return f"<Target {self.route.method} {self.route.name}>"


class Route:
    """A method and a path template of Discord's API.

    Parameters whose name ends in ``_id`` take ids, ``…token`` takes secrets, ``emoji``
    takes emojis, anything else text; ``{name:str}`` says text where a name would say
    otherwise.

    Args:
        method: The HTTP method.
        template: The path below the base URL: ``/channels/{channel_id}/messages``.
        interaction: It answers an interaction: outside the global rate limit, and a 404
            may only mean that the first answer is not there yet.
        repeatable: Doing it twice is as good as once; by default, all but POST.
        auth: Whether the client's own token is sent; by default, where the path has none.
        kin: A name for routes that Discord is known to limit together, so that the first
            request of one waits for those of the others before an answer says so.
    """

    __slots__ = (
        "_literals",
        "_parameters",
        "auth",
        "interaction",
        "key",
        "kin",
        "method",
        "name",
        "repeatable",
        "webhook",
    )

    def __init__(
        self,
        method: str,
        template: str,
        *,
        interaction: bool = False,
        repeatable: bool | None = None,
        auth: bool | None = None,
        kin: str = "",
    ) -> None:
        if not template.startswith("/"):
            raise InvalidArgument(f"a path template starts with '/': {template[:60]!r}")
        self.method = method.upper()
        self.interaction = interaction
        self.kin = kin
        self.repeatable = self.method in _REPEATABLE if repeatable is None else repeatable
        self.name = _PARAMETER.sub(r"{\1}", template)  # for logs and errors
        self.key = f"{self.method} {self.name}"
        parameters = [(m[1], m[2]) for m in _PARAMETER.finditer(template)]
        self._parameters = tuple(
            (name, kind or self._kind(name), position == 0 and name in _MAJOR)
            for position, (name, kind) in enumerate(parameters)
        )
        self._literals = tuple(_PARAMETER.sub("\0", template).split("\0"))
        names = [name for name, _, _ in self._parameters]
        secret = any(name.endswith("token") for name in names)
        self.auth = not secret if auth is None else auth  # whether our own token is sent
        self.webhook = secret and not interaction and names[0] == "webhook_id"

    @staticmethod
    def _kind(name: str) -> str:
        if name.endswith("_id"):
            return "id"
        if name.endswith("token"):
            return "secret"
        return "emoji" if name.startswith("emoji") else "str"

    def __call__(self, *values: object, variant: str = "") -> Target:
        """Return the target for these values, in the order of the template.

        Args:
            values: One for each parameter.
            variant: Set apart what Discord limits apart though the route is the same.

        Raises:
            InvalidArgument: A value cannot stand in a path.
        """
        if len(values) != len(self._parameters):
            raise InvalidArgument(
                f"{self.key} takes {len(self._parameters)} values, not {len(values)}"
            )
        literals = self._literals
        path = literals[0]
        major = ""
        for position, (name, kind, is_major) in enumerate(self._parameters):
            value = values[position]
            if kind == "id":
                segment = str(snowflake(value, name))  # type: ignore[arg-type]
            elif kind == "emoji":
                segment = _segment(emoji_text(value, name), name, secret=False)
            else:
                segment = _segment(value, name, secret=kind == "secret")
            if is_major:
                major = segment
            elif kind == "secret":
                # webhook_id + token, application_id + interaction token
                major = f"{major or path.rsplit('/', 2)[-2]}/{segment}"
            path += segment + literals[position + 1]
        return Target(self, path, self.key + variant if variant else self.key, major)

    def __repr__(self) -> str:
        return f"Route({self.method!r}, {self.name!r})"
