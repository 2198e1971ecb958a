"""Routes from paths that a user wrote out, for requests that have no method of their own.

A path with ids in it is turned into its template, so that it falls under the same rate
limits as the method for it would, and so that no token in it gets into a log.
"""

from __future__ import annotations

import functools
import re
from typing import Final

from disruption.errors import InvalidArgument
from disruption.rest.route import Route, Target

__all__ = ["literal_route"]

_PLACEHOLDER: Final = re.compile(r"\{\w+(:\w+)?\}\Z")
_PLAIN: Final = re.compile(r"[@A-Za-z0-9._~-]+\Z")
_NAMES: Final = {
    "channels": "channel_id",
    "guilds": "guild_id",
    "webhooks": "webhook_id",
    "interactions": "interaction_id",
    "applications": "application_id",
    "messages": "message_id",
    "users": "user_id",
    "members": "user_id",
    "roles": "role_id",
}
_TOKENS: Final = {"webhooks": "webhook_token", "interactions": "interaction_token"}


@functools.lru_cache(maxsize=512)
def _route(method: str, template: str) -> Route:
    return Route(method, template, interaction=template.startswith("/interactions/"))


def literal_route(method: str, path: str, values: tuple[object, ...]) -> Target:
    """Return the target of a path as a user wrote it.

    Args:
        method: The HTTP method.
        path: ``/channels/123/messages`` or ``/channels/{channel_id}/messages``.
        values: For the placeholders.

    Raises:
        InvalidArgument: The path is not absolute, or has what no path can have.
    """
    if not isinstance(path, str) or not path.startswith("/"):
        raise InvalidArgument("path must be a str that starts with '/'")
    if "?" in path or "#" in path:
        raise InvalidArgument("path must have no '?' or '#': give the query as query={…}")
    template: list[str] = []
    found: list[object] = []
    given = list(values)
    segments = path[1:].split("/")
    for position, segment in enumerate(segments):
        before = segments[position - 1] if position else ""
        resource = segments[position - 2] if position > 1 else ""
        if _PLACEHOLDER.match(segment):
            if not given:
                raise InvalidArgument(f"no value for {segment}")
            found.append(given.pop(0))
            template.append(segment)
        elif position == 2 and resource in _TOKENS and before != "@me":
            found.append(segment)
            template.append("{" + _TOKENS[resource] + "}")
        elif segment.isascii() and segment.isdigit() and len(segment) > 4:
            found.append(segment)
            template.append("{" + _NAMES.get(before, "other_id") + "}")
        elif segment in (".", "..") or not _PLAIN.match(segment):
            raise InvalidArgument(
                "path has a segment that is empty or needs quoting: use a {placeholder} and "
                "give its value"
            )
        else:
            template.append(segment)
    if given:
        raise InvalidArgument(f"{len(given)} values more than the path has placeholders")
    return _route(method, "/" + "/".join(template))(*found)
