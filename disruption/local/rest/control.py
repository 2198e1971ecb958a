"""What the page needs that Discord's API does not offer: who there is, acting with a bot's
commands and components, the traffic, and the switches of the faults.

Every request carries the run's secret in the header `X-Disruption-Key`; what is done as somebody
carries their token as well, in `Authorization`.
"""

from __future__ import annotations

import hmac
import json
import re
from collections import OrderedDict
from collections.abc import Callable
from types import NoneType
from typing import TYPE_CHECKING, Any

import flask

from ..driver.errors import DriverError
from ..faults import GATEWAY_KINDS, MOMENTS, REST_KINDS
from ..world import Account
from ..world.audit import ACTIONS
from ..world.permissions import BITS
from . import auth, page_acting, page_inspect
from .errors import WorldError, unauthorized
from .files import attachment
from .multipart import Content
from .paths import Paths

if TYPE_CHECKING:
    from ..server import LocalDiscord

__all__ = ["KEY_HEADER", "add_routes"]

#: The header with the run's secret.
KEY_HEADER = "X-Disruption-Key"

#: What a fault's rule may say of when it happens; everything else is a parameter of its kind.
_WHEN: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("times", "every", "skip"), (int,)),
    "probability": (int, float),
    **dict.fromkeys(("method", "route", "event", "user_id"), (str,)),
}
_TYPE_NAMES = {int: "whole number", float: "number", str: "string"}

_LOCALE = re.compile(r"[a-z]{2}(?:-[A-Z0-9]{2,3})?")

#: How many uploaded files wait for the option or modal they are meant for.
_UPLOADS = 100

Answer = Callable[..., Any]


def add_routes(paths: Paths, server: LocalDiscord) -> None:
    """Register the endpoints."""
    control = _Control(server)

    def register(method: str, path: str, answer: Answer) -> None:
        def guarded(**segments: str) -> flask.Response:
            control.check_key()
            try:
                result = answer(**segments)
            except (DriverError, ValueError, TypeError) as error:
                raise WorldError(400, 0, str(error)) from error
            if result is None:
                return flask.Response(status=204)
            return flask.Response(json.dumps(result), content_type="application/json")

        paths.add(path, guarded, method)

    register("GET", "/local/start", control.start)
    register("POST", "/local/people", control.add_person)
    register("POST", "/local/bots", control.add_bot)
    register("GET", "/local/bots/<bot_id>", control.bot)
    register("POST", "/local/guilds", control.add_guild)
    register("POST", "/local/clock", control.move_clock)
    register("POST", "/local/locale", control.set_locale)
    register("GET", "/local/direct", control.direct)
    register("GET", "/local/commands", control.commands)
    register("POST", "/local/interactions", control.interact)
    register("POST", "/local/votes", control.vote)
    register("POST", "/local/uploads", control.upload)
    register("GET", "/local/traffic", control.traffic)
    register("GET", "/local/state", control.state)
    register("POST", "/local/faults", control.add_fault)
    register("DELETE", "/local/faults", server.faults.clear)
    register("DELETE", "/local/faults/<key>", control.remove_fault)


class _Control:
    """The endpoints of one server; any thread may call them."""

    def __init__(self, server: LocalDiscord) -> None:
        self._server = server
        self._world = server.world
        self._uploads: OrderedDict[str, dict[str, Any]] = OrderedDict()  # under the world's lock

    def check_key(self) -> None:
        """Let only the page of this run in.

        Raises:
            WorldError: 401.
        """
        given = flask.request.headers.get(KEY_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._server.page_secret.encode()):
            raise WorldError(
                401, 0, "This page belongs to another run: open the address it printed"
            )

    def start(self) -> dict[str, Any]:
        """Return whom one can play, and which bots there are."""
        world = self._world
        with world.lock:
            users, tokens = world.users.all(), world.users.tokens()
            return {
                "people": [
                    {"user": user, "token": tokens[user["id"]]}
                    for user in users
                    if not user.get("bot") and user["username"] != "developer"
                ],
                "bots": [user for user in users if user.get("bot")],
                "faults": {
                    **{key: {"at": at, "text": text} for key, (at, text) in GATEWAY_KINDS.items()},
                    **{key: {"at": "request", "text": text} for key, text in REST_KINDS.items()},
                },
                "moments": [*MOMENTS, "request"],
                "now": world.now(),
                "permissions": {name: str(bit) for name, bit in BITS.items()},
                "audit_actions": {str(number): name for name, number in ACTIONS.items()},
            }

    def add_person(self) -> dict[str, Any]:
        """Make somebody, who joins every guild unless told otherwise."""
        world, name = self._world, self._name(32)
        with world.lock:
            if world.users.find(name) is not None:
                raise ValueError(f"There is somebody called {name} already")
            user = world.users.create(name)
            for guild_id in self._body().get("guilds", world.guilds.all()):
                world.members.add(str(guild_id), user["id"])
            return {"user": user, "token": world.users.token(user["id"])}

    def add_bot(self) -> dict[str, Any]:
        """Make a bot, and return the token to run it with."""
        made = self._server.add_bot(self._name(32))
        return {"user": self._world.users.get(made.user_id), "token": made.token}

    def bot(self, bot_id: str) -> dict[str, Any]:
        """Return what a bot's program needs, and where its interactions go."""
        world = self._world
        with world.lock:
            application_id = world.applications.of_user(bot_id)
            if application_id is None:
                raise WorldError(404, 10013, "Unknown User")
            application = world.applications.state(application_id)
            return {
                "user": world.users.get(bot_id),
                "token": world.applications.token(application_id),
                "public_key": application["verify_key"],
                "client_secret": world.applications.secret(application_id),
                "interactions_endpoint_url": application["interactions_endpoint_url"],
            }

    def add_guild(self) -> dict[str, Any]:
        """Make a guild of the caller's with a channel to talk in; every bot joins it."""
        world, owner = self._world, self._person().user_id
        name = self._name(100)
        with world.lock:
            guild = world.guilds.create(name, owner)
            general = world.channels.create(guild["id"], "general")["id"]
            world.guilds.update(guild["id"], {"system_channel_id": general})
            for application_id in world.applications.all():
                world.members.add(guild["id"], application_id)
            return {"id": guild["id"], "channel_id": general}

    def move_clock(self) -> dict[str, Any]:
        """Move the world's time forward by `seconds`."""
        self._server.clock.advance(float(self._body().get("seconds", 0)))
        return {"now": self._world.now()}

    def set_locale(self) -> None:
        """Set the caller's language, which decides the names of commands they see."""
        locale = self._body().get("locale")
        if not isinstance(locale, str) or not _LOCALE.fullmatch(locale):
            raise ValueError("A locale looks like de or en-GB")
        self._world.users.update(self._person().user_id, {"locale": locale})

    def direct(self) -> list[dict[str, Any]]:
        """Return the caller's direct messages."""
        return self._world.channels.dms_of(self._person().user_id)

    def commands(self) -> dict[str, Any]:
        """Return the commands the caller may use in a channel, and the bots they belong to."""
        channel_id = flask.request.args.get("channel_id", "")
        return page_acting.commands(self._world, self._person().user_id, channel_id)

    def interact(self) -> dict[str, Any]:
        """Use a command, a component or a modal, and return how the bot answered."""
        person, body = self._person().user_id, self._body()
        return page_acting.interact(self._world, person, body, self._uploads)

    def upload(self) -> dict[str, Any]:
        """Keep a file for an option or a modal, and return its attachment object."""
        person, channel_id = self._person().user_id, flask.request.args.get("channel_id", "")
        self._world.permissions.require(person, channel_id)
        files = Content.read(flask.request).files
        if len(files) != 1:
            raise ValueError("Files are taken one by one")
        origin = self._server.rest_url.removesuffix("/api/v10")
        with self._world.lock:
            made = attachment(
                self._server.files, origin, channel_id, self._world.ids.next(), files[0], {}
            )
            made["ephemeral"] = True
            self._uploads[made["id"]] = made
            while len(self._uploads) > _UPLOADS:
                self._uploads.popitem(last=False)
        return made

    def vote(self) -> None:
        """Vote in a poll, or take the vote back."""
        body, person = self._body(), self._person().user_id
        channel_id, message_id = str(body.get("channel_id")), str(body.get("message_id"))
        with self._world.lock:
            self._world.permissions.require(person, channel_id, "READ_MESSAGE_HISTORY")
            answers = [int(item) for item in body.get("answers", [])]
            self._world.polls.vote(channel_id, message_id, person, answers)

    def traffic(self) -> list[dict[str, Any]]:
        """Return what went over the wire after a record; waits for it."""
        args = flask.request.args
        after, wait = int(args.get("after", 0)), float(args.get("wait", 0))
        records = self._server.traffic.after(after, min(max(wait, 0.0), 25.0))
        return [page_inspect.shown(record) for record in records]

    def state(self) -> dict[str, Any]:
        """Return sessions, rate-limit buckets and faults as they are now."""
        return page_inspect.state(self._server)

    def add_fault(self) -> dict[str, Any]:
        """Add a rule, or, with `now`, do it to the open connections at once.

        The kind's own parameters may stand in `params` or beside the others.
        """
        body = dict(self._body())
        kind, at_once = str(body.pop("kind", "")), bool(body.pop("now", False))
        params = dict(body.pop("params", None) or {})
        if clash := {"kind", "self", *_WHEN} & set(params):
            raise ValueError(f"These are no parameters of a fault: {', '.join(sorted(clash))}")
        params.update({key: value for key, value in body.items() if key not in _WHEN})
        when = {key: value for key, value in body.items() if key in _WHEN}
        for key, types in _WHEN.items():
            if isinstance(when.get(key), bool) or not isinstance(when.get(key), (*types, NoneType)):
                raise ValueError(f"{key} is a {' or a '.join(_TYPE_NAMES[item] for item in types)}")
        if at_once:
            if late := set(when) - {"user_id"}:
                raise ValueError(f"What is done now has no {', '.join(sorted(late))}")
            return {"hit": self._server.faults.now(kind, user_id=when.get("user_id"), **params)}
        return {"key": str(id(self._server.faults.add(kind, **when, **params)))}

    def remove_fault(self, key: str) -> None:
        """End one rule."""
        for rule in self._server.faults.rules():
            if str(id(rule)) == key:
                self._server.faults.remove(rule)

    def _body(self) -> dict[str, Any]:
        body = flask.request.get_json(force=True, silent=True)
        if not isinstance(body, dict):
            raise ValueError("The body has to be a JSON object")
        return body

    def _name(self, longest: int) -> str:
        name = str(self._body().get("name", "")).strip()
        if not 1 <= len(name) <= longest:
            raise ValueError(f"A name has 1 to {longest} characters")
        return name

    def _person(self) -> Account:
        account = auth.account_of(self._world, flask.request.headers.get("Authorization"))
        if account is None or account.is_bot:
            raise unauthorized()
        return account
