"""The Flask app: every request's way through the gates to its route, and back as Discord's JSON.

Order of the gates: Host and Origin, block for too many invalid requests, version, faults, route,
token, rate limits. Each is a module of its own.
"""

from __future__ import annotations

import json
import logging
import math
import re
import threading
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import flask
from werkzeug.exceptions import HTTPException, NotFound, RequestEntityTooLarge

from ..endpoints import OWN_AGENT
from ..world import Account
from . import auth, cdn, control, faulty, hosts, page
from .errors import (
    WorldError,
    error_body,
    method_not_allowed,
    not_found,
    not_implemented,
    unauthorized,
)
from .known_routes import KNOWN_ROUTES
from .limits import Attempt, Verdict
from .log import Seen
from .multipart import MAX_FILE, MAX_FILES
from .paths import Paths
from .router import Router
from .routes import ALL
from .routing import Auth, Call, Route, audit_reason, snowflake

if TYPE_CHECKING:
    from ..server import LocalDiscord

_log = logging.getLogger("disruption.local.rest")

_PREFIX = re.compile(r"/api(?:/v(\d+))?(?=/)")

#: Versions of the API that are answered.
VERSIONS = ("9", "10")

#: What the traffic tells of a request, besides the answer.
_TOLD = ("method", "path", "route", "status", "reason", "body", "files")

#: Ids in paths that are no snowflakes.
_TEXTS = frozenset({"instance_id"})

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

#: A 429 without this header is taken for a Cloudflare ban by several clients.
_VIA = {"Via": "1.1 google"}

_CLOUDFLARE = """<!DOCTYPE html>
<html><head><title>Access denied | discord.com used Cloudflare to restrict access</title></head>
<body><h1>Error 1015</h1><p>You are being rate limited: too many invalid requests.</p></body></html>
"""


def create_app(server: LocalDiscord) -> flask.Flask:
    """Make the REST half of a local Discord.

    Args:
        server: The local Discord with its world, faults, clock, limits, files and request log.
    """
    app = flask.Flask("disruption.local.rest", static_folder=None)
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_FILE
    app.config["MAX_CONTENT_LENGTH"] = MAX_FILE * (MAX_FILES + 1)
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    gates = _Gates(server)
    app.add_url_rule(
        "/api/<path:path>", "api", gates.answer, methods=_METHODS, provide_automatic_options=False
    )
    paths = Paths()
    cdn.add_routes(paths, server)
    page.add_routes(paths, server)
    control.add_routes(paths, server)
    for rule in ("/", "/<path:path>"):
        app.add_url_rule(rule, rule, paths.answer, methods=_METHODS)
    app.before_request(gates.before)
    app.after_request(gates.after)
    app.register_error_handler(WorldError, gates.refuse)
    app.register_error_handler(_Limited, gates.limited)
    app.register_error_handler(HTTPException, gates.http_error)
    app.register_error_handler(Exception, gates.crash)
    return app


@lru_cache(maxsize=1)
def router() -> Router:
    """Return every route of Discord's, those that are missing here answering 501."""
    return Router((*ALL, *(_missing_route(method, path) for method, path in KNOWN_ROUTES)))


def _missing_route(method: str, path: str) -> Route:
    def refuse(call: Call, **ids: Any) -> Any:
        raise not_implemented(method, path)

    needed: Auth = "optional" if "_token}" in path else "bot"
    return Route(method, path, refuse, needed)


class _Limited(Exception):
    """A request has used up a rate limit."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.scope)
        self.verdict = verdict


class _Gates:
    """What happens before, at and after every route."""

    def __init__(self, server: LocalDiscord) -> None:
        self._server = server
        self._hosts = server.hosts
        self._lock = threading.Lock()  # guards the server's limits

    def before(self) -> flask.Response | None:
        """Let a request in, or answer it at the gate."""
        request, g = flask.request, flask.g
        g.limit_headers = {}
        g.scope = g.call = g.fault = g.match = g.code = g.error = None
        headers = request.headers
        if not hosts.allowed_host(headers.get("Host"), self._hosts):
            raise WorldError(403, 50067, "Invalid request origin")
        if not hosts.allowed_origin(headers.get("Origin"), self._hosts, headers.get("Host")):
            raise WorldError(403, 50067, "Invalid request origin")
        prefix = _PREFIX.match(request.path)
        if prefix is None:
            return None
        path = request.path[prefix.end() :]
        g.match = router().match(request.method, path)
        g.version = prefix[1]
        with self._lock:
            blocked = self._server.limits.blocked_for(request.remote_addr or "", self._now())
        if blocked:
            g.scope = "shared"  # being blocked does not prolong the block
            retry = {"Retry-After": str(int(blocked) + 1)}
            return flask.Response(_CLOUDFLARE, 429, retry, mimetype="text/html")
        if prefix[1] is not None and prefix[1] not in VERSIONS:
            raise WorldError(400, 50041, "Invalid API version")
        route = g.match[0].path if isinstance(g.match, tuple) else path
        account = auth.account_of(self._server.world, headers.get("Authorization"))
        user_id = account.user_id if account is not None else None
        g.fault = self._server.faults.for_request(request.method, route, user_id)
        if g.fault is None:
            return None
        return faulty.before(g.fault, request, self._server.limits.bucket(request.method, route))

    def answer(self, path: str) -> flask.Response:
        """Answer a request of the API by its route."""
        match = flask.g.match
        if not isinstance(match, tuple):
            raise method_not_allowed() if match else not_found()
        route, segments = match
        headers = flask.request.headers
        account = auth.account_of(self._server.world, headers.get("Authorization"))
        if account is None and route.auth == "bot":
            raise unauthorized()
        if account is not None:
            auth.check_scope(account, route)
        reason = audit_reason(headers.get("X-Audit-Log-Reason"))
        if reason is None and flask.g.version == "9":
            reason = flask.request.args.get("reason")  # which version 10 has no more
        attempt = _attempt(route, segments, account)
        call = flask.g.call = Call(
            self._server, flask.request, route, account, reason, partial(self._spend, attempt)
        )
        with self._lock:
            verdict = self._server.limits.take(attempt, self._now())
        flask.g.limit_headers = verdict.headers
        if not verdict.allowed:
            raise _Limited(verdict)
        arguments = {
            key: snowflake(key, value) if key.endswith("_id") and key not in _TEXTS else value
            for key, value in segments.items()
        }
        with self._server.world.acting(account.user_id if account else None, reason):
            result = route.handler(call, **arguments)
        if isinstance(result, flask.Response):
            return result
        body, status = result if isinstance(result, tuple) else (result, 200)
        if body is None:
            return flask.Response(status=204)
        return _json(body, status)

    def _spend(self, attempt: Attempt, part: str) -> None:
        call: Call = flask.g.call
        if call.account is None or not call.account.is_bot:
            return  # who clicks on the page is not made to wait for ten minutes
        with self._lock:
            verdict = self._server.limits.take_part(attempt, part, self._now())
        if not verdict.allowed:
            flask.g.limit_headers.update(verdict.headers)
            raise _Limited(verdict)

    def limited(self, error: _Limited) -> flask.Response:
        """Answer 429."""
        flask.g.scope = error.verdict.scope
        response = _json(error.verdict.body(), 429)
        response.headers.update(_VIA)
        return response

    def after(self, response: flask.Response) -> flask.Response:
        """Add rate-limit headers, count invalid requests, and remember the request."""
        request, g = flask.request, flask.g
        if not request.path.startswith("/api/"):
            return response
        response.headers.update(g.limit_headers)
        address = request.remote_addr or ""
        with self._lock:
            self._server.limits.count_invalid(address, response.status_code, g.scope, self._now())
        cut = g.fault is not None and faulty.after(g.fault, request, response)
        call: Call | None = g.call
        prefix = _PREFIX.match(request.path)
        seen = Seen(
            method=request.method,
            path=request.path[prefix.end() :] if prefix else request.path,
            route=g.match[0].path if isinstance(g.match, tuple) else None,
            status=0 if cut else response.status_code,
            code=g.code,
            user_id=call.account.user_id if call and call.account else None,
            reason=call.reason if call else None,
            body=call.read_payload() if call else None,
            files=call.read_names() if call else (),
            error=g.error,
        )
        self._server.requests.add(seen)
        if request.headers.get("User-Agent") == OWN_AGENT and response.status_code < 400:
            return response  # the endpoint's answer is in what was posted to it
        self._server.traffic.add(
            "request",
            response.get_data(),
            user_id=seen.user_id,
            facts={
                **{key: getattr(seen, key) for key in _TOLD},
                "limits": {
                    key: value
                    for key, value in response.headers.items()
                    if key.startswith("X-RateLimit") or key == "Retry-After"
                },
            },
        )
        return response

    def refuse(self, error: WorldError) -> flask.Response:
        """Answer with Discord's error body."""
        flask.g.code, flask.g.error = error.code, error_body(error)
        response = _json(flask.g.error, error.status)
        if error.retry_after is not None:
            flask.g.scope = "shared"  # people who write fast are no reason to block an address
            response.headers["Retry-After"] = str(math.ceil(error.retry_after))
            response.headers.update(_VIA)
        return response

    def http_error(self, error: HTTPException) -> flask.Response:
        """Answer what Flask and Werkzeug refuse in Discord's form."""
        if isinstance(error, NotFound):
            return self.refuse(not_found())
        if isinstance(error, RequestEntityTooLarge):
            return self.refuse(WorldError(413, 40005, "Request entity too large"))
        status = error.code or 500
        return self.refuse(WorldError(status, 0, f"{status}: {error.name}"))

    def crash(self, error: Exception) -> flask.Response:
        """Answer 500 for a mistake of our own, and log it."""
        _log.error("%s %s failed", flask.request.method, flask.request.path, exc_info=error)
        return self.refuse(WorldError(500, 0, "500: Internal Server Error"))

    def _now(self) -> float:
        return self._server.clock.now()


def _attempt(route: Route, segments: dict[str, str], account: Account | None) -> Attempt:
    """Return a request as the limits see it."""
    by_token = "_token}" in route.path
    if by_token:
        who = "token"
    elif account is not None:
        who = account.user_id
    else:
        who = flask.request.remote_addr or ""
    return Attempt(route.method, route.path, _major(segments), who, exempt_from_global=by_token)


def _major(segments: dict[str, str]) -> str:
    """Return the values of the major parameters in a path."""
    for key in ("channel_id", "guild_id"):
        if key in segments:
            return segments[key]
    if "webhook_id" in segments:
        return f"{segments['webhook_id']}/{segments.get('webhook_token', '')}"
    return ""


def _json(body: Any, status: int) -> flask.Response:
    """Make a response whose Content-Type is exactly application/json, as clients demand."""
    text = json.dumps(body, separators=(",", ":"))
    return flask.Response(text, status, content_type="application/json")
