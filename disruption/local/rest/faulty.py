"""Do to requests what `local/faults.py` says goes wrong with them."""

from __future__ import annotations

import json
import time
from datetime import datetime, timezone
from typing import Any

import flask

from ..faults import Fault
from .serve import CUT_KEY, WAIT_KEY

_PAGE = """<!DOCTYPE html>
<html><head><title>discord.com | {status}</title></head>
<body><center><h1>{status} Bad Gateway</h1></center><hr><center>cloudflare</center></body></html>
"""


def before(fault: Fault, request: flask.Request, bucket: dict[str, str]) -> flask.Response | None:
    """Let a request fail before anything is done, or let it pass.

    Args:
        fault: What goes wrong with it.
        request: The request.
        bucket: The headers that tell which bucket it spends from.

    Returns:
        The answer, or None when the request is to be carried out.
    """
    if fault.kind == "slow":
        request.environ[WAIT_KEY](float(fault.get("seconds", 0.1)))
    elif fault.kind == "rate_limit":
        return _rate_limit(fault, bucket)
    elif fault.kind == "server_error":
        status = int(fault.get("status", 502))
        body = json.dumps({"message": f"{status}: Server Error", "code": 0})
        return flask.Response(body, status, content_type="application/json")
    elif fault.kind == "html":
        status = int(fault.get("status", 502))
        return flask.Response(_PAGE.format(status=status), status, mimetype="text/html")
    elif fault.kind == "reset" and fault.get("before", False):
        request.environ[CUT_KEY](None)
        return flask.Response(status=500)
    return None


def after(fault: Fault, request: flask.Request, response: flask.Response) -> bool:
    """Spoil the answer to a request that was carried out.

    Returns:
        Whether the connection is cut, so that the client gets no whole answer.
    """
    if fault.kind == "unknown_keys":
        _add_unknown(response)
    elif fault.kind == "clock_skew":
        _skew(response, float(fault.get("seconds", 300.0)))
    elif fault.kind == "truncated":
        data = response.get_data()
        response.set_data(data[: len(data) // 2])
    elif fault.kind == "reset":
        if not fault.get("before", False):
            request.environ[CUT_KEY](len(response.get_data()) // 2)
        return True
    return False


def _add_unknown(response: flask.Response) -> None:
    body = response.get_json(silent=True)
    for item in body if isinstance(body, list) else [body]:
        if isinstance(item, dict):
            item["disruption_unknown"] = {"a": [1, None, {"b": "c"}]}
    if body is not None:
        response.set_data(json.dumps(body))


def _skew(response: flask.Response, seconds: float) -> None:
    response.date = datetime.fromtimestamp(time.time() + seconds, timezone.utc)
    reset = response.headers.get("X-RateLimit-Reset")
    if reset is not None:
        response.headers["X-RateLimit-Reset"] = f"{float(reset) + seconds:.3f}"


def _rate_limit(fault: Fault, bucket: dict[str, str]) -> flask.Response:
    scope = fault.get("scope", "user")
    wait = float(fault.get("retry_after", 1.0))
    headers: dict[str, Any] = {
        "Retry-After": str(int(wait) + (wait % 1 > 0)),
        "X-RateLimit-Scope": scope,
        "Via": "1.1 google",
    }
    if scope == "global":
        headers["X-RateLimit-Global"] = "true"
    else:
        headers.update(
            {
                **bucket,
                "X-RateLimit-Remaining": "0",
                "X-RateLimit-Reset": f"{time.time() + wait:.3f}",
                "X-RateLimit-Reset-After": f"{wait:.3f}",
            }
        )
    body = {
        "message": "You are being rate limited.",
        "retry_after": wait,
        "global": scope == "global",
    }
    return flask.Response(json.dumps(body), 429, headers, content_type="application/json")
