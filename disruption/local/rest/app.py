"""The Flask app: every request's way through the gates to its route, and back as Discord's JSON.

Order of the gates: Host and Origin, block for too many invalid requests, faults, route, token,
rate limits. See the modules of those names.
"""

from __future__ import annotations

import json
import logging
import re
import threading
from collections.abc import Callable
from typing import Any

import flask
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound, RequestEntityTooLarge

from ..world import Account
from . import auth, cdn, faulty, hosts
from .errors import (
    WorldError,
    error_body,
    method_not_allowed,
    not_found,
    not_implemented,
    unauthorized,
)
from .files import Files
from .known_routes import KNOWN_ROUTES
from .limits import Attempt, Limits
from .log import RequestLog, Seen
from .multipart import MAX_FILE, MAX_FILES
from .routes import ALL
from .routing import Auth, Call, Handler, Route, snowflake

_log = logging.getLogger("disruption.local.rest")

_PREFIX = re.compile(r"/api(?:/v(\d+))?(?=/)")

#: Versions of the API that are answered.
VERSIONS = ("9", "10")

#: A 429 without this header is taken for a Cloudflare ban by several clients.
_VIA = {"Via": "1.1 google"}

_CLOUDFLARE = """<!DOCTYPE html>
<html><head><title>Access denied | discord.com used Cloudflare to restrict access</title></head>
<body><h1>Error 1015</h1><p>You are being rate limited: too many invalid requests.</p></body></html>
"""


def create_app(server: Any) -> flask.Flask:
    """Make the REST half of a local Discord.

    Args:
        server: The local Discord with its `world`, `faults`, `clock`, `gateway_url` and
            `rest_url`. It gets `limits`, `files` and
            `requests` unless it has them already.
    """
    app = flask.Flask("disruption.local.rest", static_folder=None)
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_FILE
    app.config["MAX_CONTENT_LENGTH"] = MAX_FILE * (MAX_FILES + 1)
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    if not hasattr(server, "limits"):
        server.limits = Limits()
    if not hasattr(server, "files"):
        server.files = Files()
    if not hasattr(server, "requests"):
        server.requests = RequestLog()
    gates = _Gates(server)
    registered = {(route.method, route.path) for route in ALL}
    missing = [pair for pair in KNOWN_ROUTES if pair not in registered]
    for route in (*ALL, *(_missing_route(*pair) for pair in missing)):
        app.add_url_rule(
            "/api" + route.path.replace("{", "<").replace("}", ">"),
            endpoint=f"{route.method} {route.path}",
            view_func=gates.view(route),
            methods=[route.method],
            provide_automatic_options=False,
        )
    cdn.add_routes(app, server)
    app.before_request(gates.before)
    app.after_request(gates.after)
    app.register_error_handler(WorldError, gates.refuse)
    app.register_error_handler(HTTPException, gates.http_error)
    app.register_error_handler(Exception, gates.crash)
    app.wsgi_app = _Versions(app.wsgi_app)  # type: ignore[assignment]
    return app


def _missing_route(method: str, path: str) -> Route:
    def refuse(call: Call, **ids: Any) -> Any:
        raise not_implemented(method, path)

    needed: Auth = "optional" if "_token}" in path else "bot"
    return Route(method, path, refuse, needed)


class _Versions:
    """Takes `/v10` out of a path, so that each route is known under one path only."""

    def __init__(self, app: Any) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        match = _PREFIX.match(environ["PATH_INFO"])
        if match and match[1]:
            environ["disruption.version"] = match[1]
            environ["PATH_INFO"] = "/api" + environ["PATH_INFO"][match.end() :]
        return self._app(environ, start)


class _Gates:
    """What happens before and after every route."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._lock = threading.Lock()  # guards the server's limits

    def before(self) -> flask.Response | None:
        """Let a request in, or answer it at the gate."""
        request, g = flask.request, flask.g
        g.limit_headers = {}
        g.scope = None
        g.call = g.fault = None
        extra = frozenset(getattr(self._server, "hosts", ()))
        if not hosts.allowed_host(request.headers.get("Host"), extra):
            raise WorldError(403, 50067, "Invalid request origin")
        if not hosts.allowed_origin(request.headers.get("Origin"), extra):
            raise WorldError(403, 50067, "Invalid request origin")
        if not request.path.startswith("/api/"):
            return None
        g.route = _route_of(request)
        now = self._now()
        with self._lock:
            blocked = self._server.limits.blocked_for(request.remote_addr or "", now)
        if blocked:
            g.scope = "shared"  # being blocked does not prolong the block
            headers = {"Retry-After": str(int(blocked) + 1)}
            return flask.Response(_CLOUDFLARE, 429, headers, mimetype="text/html")
        version = request.environ.get("disruption.version")
        if version is not None and version not in VERSIONS:
            raise WorldError(400, 50041, "Invalid API version")
        g.fault = self._server.faults.for_request(request.method, g.route or request.path)
        return faulty.before(g.fault, request) if g.fault is not None else None

    def view(self, route: Route) -> Handler:
        """Wrap a route's function for Flask."""

        def view(**segments: str) -> flask.Response:
            account = auth.account_of(
                self._server.world, flask.request.headers.get("Authorization")
            )
            if account is None and route.auth == "bot":
                raise unauthorized()
            call = Call(self._server, flask.request, route, account)
            flask.g.call = call
            refused = self._limit(route, segments, account)
            if refused is not None:
                return refused
            arguments = {
                key: snowflake(key, value) if key.endswith("_id") else value
                for key, value in segments.items()
            }
            result = route.handler(call, **arguments)
            if isinstance(result, flask.Response):
                return result
            body, status = result if isinstance(result, tuple) else (result, 200)
            if body is None:
                return flask.Response(status=204 if status == 200 else status)
            return _json(body, status)

        return view

    def _limit(
        self, route: Route, segments: dict[str, str], account: Account | None
    ) -> flask.Response | None:
        by_token = "_token}" in route.path
        major = _major(segments)
        who = f"user:{account.user_id}" if account is not None else flask.request.remote_addr
        attempt = Attempt(
            route.method,
            route.path,
            major,
            "token" if by_token else str(who),
            exempt_from_global=by_token,
        )
        with self._lock:
            verdict = self._server.limits.take(attempt, self._now())
        flask.g.limit_headers = verdict.headers
        if verdict.allowed:
            return None
        flask.g.scope = verdict.scope
        response = _json(verdict.body(), 429)
        response.headers.update(_VIA)
        return response

    def after(self, response: flask.Response) -> flask.Response:
        """Add rate-limit headers, count invalid requests, and remember the request."""
        request, g = flask.request, flask.g
        response.headers.update(getattr(g, "limit_headers", {}))
        if not request.path.startswith("/api/"):
            return response
        with self._lock:
            self._server.limits.count_invalid(
                request.remote_addr or "", response.status_code, g.scope, self._now()
            )
        cut = g.fault is not None and faulty.after(g.fault, request, response)
        call: Call | None = g.call
        self._server.requests.add(
            Seen(
                method=request.method,
                path=request.path.removeprefix("/api"),
                route=getattr(g, "route", None),
                status=0 if cut else response.status_code,
                code=getattr(g, "code", None),
                user_id=call.account.user_id if call and call.account else None,
                reason=call.reason if call and response.status_code < 400 else None,
                body=call.read_payload() if call else None,
                files=call.read_names() if call else (),
            )
        )
        return response

    def refuse(self, error: WorldError) -> flask.Response:
        """Answer with Discord's error body."""
        flask.g.code = error.code
        return _json(error_body(error), error.status)

    def http_error(self, error: HTTPException) -> flask.Response:
        """Answer what Flask and Werkzeug refuse in Discord's form."""
        if isinstance(error, NotFound):
            return self.refuse(not_found())
        if isinstance(error, MethodNotAllowed):
            return self.refuse(method_not_allowed())
        if isinstance(error, RequestEntityTooLarge):
            return self.refuse(WorldError(413, 40005, "Request entity too large"))
        status = error.code or 500
        return self.refuse(WorldError(status, 0, f"{status}: {error.name}"))

    def crash(self, error: Exception) -> flask.Response:
        """Answer 500 for a mistake of our own, and log it."""
        _log.error(
            "%s %s failed", flask.request.method, getattr(flask.g, "route", None), exc_info=error
        )
        return self.refuse(WorldError(500, 0, "500: Internal Server Error"))

    def _now(self) -> float:
        now: float = self._server.clock.now()
        return now


def _route_of(request: flask.Request) -> str | None:
    rule = request.url_rule
    if rule is None:
        return None
    return rule.rule.removeprefix("/api").replace("<", "{").replace(">", "}")


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
