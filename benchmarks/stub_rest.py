"""The few REST routes a bot needs to log in, and create_message for the REST figures."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from benchmarks import payloads
from benchmarks.payloads import CHANNEL_ID, Json, Payloads

_LIMITS = (
    ("Via", "1.1 google"),
    ("X-RateLimit-Bucket", "0123456789abcdef0123456789abcdef"),
    ("X-RateLimit-Limit", "100000"),
    ("X-RateLimit-Remaining", "99999"),
    ("X-RateLimit-Reset-After", "5.000"),
)


class RestStub:
    """An HTTP server on a free port of 127.0.0.1, in daemon threads.

    Args:
        gateway_url: What /gateway and /gateway/bot answer.
    """

    def __init__(self, gateway_url: str) -> None:
        limits = {"total": 1_000, "remaining": 999, "reset_after": 86_400_000, "max_concurrency": 1}
        gateway = {"url": gateway_url, "shards": 1, "session_start_limit": limits}
        source = Payloads()
        message = source.message([str(CHANNEL_ID)], content="0" * 200, channel_id=str(CHANNEL_ID))
        answers: dict[tuple[str, str], Json] = {
            ("GET", "/gateway"): {"url": gateway_url},
            ("GET", "/gateway/bot"): gateway,
            ("GET", "/users/@me"): payloads.bot_user(),
            ("GET", "/applications/@me"): payloads.application(),
            ("GET", "/oauth2/applications/@me"): payloads.application(),
            ("POST", f"/channels/{CHANNEL_ID}/messages"): message,
        }
        bodies = {key: payloads.dumps(value) for key, value in answers.items()}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(bodies))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/api/v10"
        threading.Thread(target=self._server.serve_forever, name="rest-stub", daemon=True).start()


def _handler(bodies: dict[tuple[str, str], bytes]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = 1 << 16

        def _answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            route = self.path.partition("?")[0].removeprefix("/api/v10")
            body = bodies.get((self.command, route))
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "application/json")
            for name, value in _LIMITS:
                self.send_header(name, value)
            body = body or b'{"message": "404: Not Found", "code": 0}'
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: a line for each request would be most of the server's work."""

    return Handler
