"""What a route file needs: `Routes` to register its functions, `Call` to read the request.

A route is one function. Its parameters after `call` are those of its path; those ending in `_id`
arrive checked, as strings of digits. What it returns is the JSON body (None for 204), or a body
with a status:

    @routes.get("/channels/{channel_id}")
    def get_channel(call: Call, channel_id: str) -> dict[str, Any]:
        ...
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeVar
from urllib.parse import unquote

import flask

from .errors import form_error, unauthorized
from .multipart import Content, Upload
from .validate.form import as_snowflake

if TYPE_CHECKING:
    from flask import Request

    from ..server import LocalDiscord
    from ..world import Account, World

Auth = Literal["bot", "optional"]
Handler = Callable[..., Any]
_F = TypeVar("_F", bound=Handler)


@dataclass(frozen=True)
class Route:
    """One operation of the API.

    Args:
        method: HTTP method.
        path: Path in the documentation's notation, such as "/channels/{channel_id}".
        handler: The function that answers.
        auth: "bot" where a token is needed, "optional" where the path carries what is needed.
        scope: What an access token of OAuth2 must allow; "" for anything, None where such a
            token cannot be used.
    """

    method: str
    path: str
    handler: Handler
    auth: Auth
    scope: str | None = None


class Routes:
    """The routes of one page of the documentation."""

    def __init__(self) -> None:
        self.all: list[Route] = []

    def get(self, path: str, *, auth: Auth = "bot", scope: str | None = None) -> Callable[[_F], _F]:
        """Register a function for GET."""
        return self._register("GET", path, auth, scope)

    def post(
        self, path: str, *, auth: Auth = "bot", scope: str | None = None
    ) -> Callable[[_F], _F]:
        """Register a function for POST."""
        return self._register("POST", path, auth, scope)

    def put(self, path: str, *, auth: Auth = "bot", scope: str | None = None) -> Callable[[_F], _F]:
        """Register a function for PUT."""
        return self._register("PUT", path, auth, scope)

    def patch(
        self, path: str, *, auth: Auth = "bot", scope: str | None = None
    ) -> Callable[[_F], _F]:
        """Register a function for PATCH."""
        return self._register("PATCH", path, auth, scope)

    def delete(
        self, path: str, *, auth: Auth = "bot", scope: str | None = None
    ) -> Callable[[_F], _F]:
        """Register a function for DELETE."""
        return self._register("DELETE", path, auth, scope)

    def _register(
        self, method: str, path: str, auth: Auth, scope: str | None
    ) -> Callable[[_F], _F]:
        def register(handler: _F) -> _F:
            self.all.append(Route(method, path, handler, auth, scope))
            return handler

        return register


@dataclass
class Call:
    """One request as a route function sees it.

    Args:
        server: The local Discord this request came to.
        request: Flask's request.
        route: The route that matched.
        account: Who asks; None where no token was needed and none came.
        reason: What the audit log is to show.
        spend: Counts a change of a part (`name`) that has a rate limit within its route's, and
            raises what ends the request where that is used up.
    """

    server: LocalDiscord
    request: Request
    route: Route
    account: Account | None
    reason: str | None = None
    spend: Callable[[str], None] = field(default=lambda part: None, repr=False)
    _content: Content | None = field(default=None, repr=False)

    @property
    def world(self) -> World:
        """The world behind the server."""
        return self.server.world

    @property
    def user_id(self) -> str:
        """The id of the user who asks.

        Raises:
            WorldError: 401, when nobody is behind the request.
        """
        if self.account is None:
            raise unauthorized()
        return self.account.user_id

    @property
    def body(self) -> Any:
        """The JSON of the body, wherever in it that was; {} for an empty body."""
        return self._read().payload

    @property
    def files(self) -> list[Upload]:
        """The uploaded files by their number."""
        return self._read().files

    def _read(self) -> Content:
        if self._content is None:
            self._content = Content.read(self.request)
        return self._content

    def read_payload(self) -> Any:
        """Return the JSON if the route has read it, None if not."""
        return None if self._content is None else self._content.payload or None

    def read_names(self) -> tuple[str, ...]:
        """Return the names of uploaded files if the route has read them."""
        return () if self._content is None else tuple(file.filename for file in self._content.files)

    def flag(self, key: str) -> bool:
        """Return a boolean of the query: 1, true, True and an empty value are true."""
        value = self.request.args.get(key)
        return value is not None and value.lower() in ("1", "true", "yes", "")

    def integer(self, key: str, default: int, low: int, high: int) -> int:
        """Return a number of the query.

        Raises:
            WorldError: 50035 when it is not between `low` and `high`.
        """
        raw = self.request.args.get(key)
        if raw is None:
            return default
        try:
            number = int(raw)
        except ValueError:
            raise form_error(key, "NUMBER_TYPE_COERCE", f'Value "{raw}" is not int.') from None
        if number < low:
            text = f"int value should be greater than or equal to {low}."
            raise form_error(key, "NUMBER_TYPE_MIN", text)
        if number > high:
            text = f"int value should be less than or equal to {high}."
            raise form_error(key, "NUMBER_TYPE_MAX", text)
        return number

    def snowflake(self, key: str) -> str | None:
        """Return an id of the query, None when it is not there.

        Raises:
            WorldError: 50035 when it is no id.
        """
        raw = self.request.args.get(key)
        return None if raw is None else snowflake(key, raw)

    def snowflakes(self, key: str) -> list[str]:
        """Return the ids of a list in the query: repeated, with brackets, or with commas.

        Raises:
            WorldError: 50035 when one is no id.
        """
        args = self.request.args
        raw = [*args.getlist(key), *args.getlist(f"{key}[]")]
        return [snowflake(key, part) for item in raw for part in item.split(",") if part]

    def texts(self, key: str) -> list[str]:
        """Return the strings of a list in the query: repeated, or with brackets."""
        return [*self.request.args.getlist(key), *self.request.args.getlist(f"{key}[]")]

    def file(self, content_type: str, data: bytes) -> flask.Response:
        """Return an answer that is a file instead of JSON."""
        return flask.Response(data, content_type=content_type)

    def text(self, key: str) -> str | None:
        """Return a string of the query, None when it is not there."""
        return self.request.args.get(key)


def audit_reason(header: str | None) -> str | None:
    """Return the reason for the audit log, decoded; None when there is none.

    Raises:
        WorldError: 50035 when it is longer than 512 characters.
    """
    if not header:
        return None
    # Some clients percent-encode, some send UTF-8, which WSGI hands over as Latin-1.
    reason = unquote(header)
    with contextlib.suppress(UnicodeError):
        reason = reason.encode("latin-1").decode()
    if len(reason) > 512:
        raise form_error("reason", "BASE_TYPE_MAX_LENGTH", "Must be 512 or fewer in length.")
    return reason


def snowflake(key: str, raw: str) -> str:
    """Return an id of a path or query as the world writes it.

    Raises:
        WorldError: 50035 when it is no id.
    """
    number = as_snowflake(raw)
    if number is None:
        raise form_error(key, "NUMBER_TYPE_COERCE", f'Value "{raw}" is not snowflake.')
    return number
