"""WSGI servers in a thread, on a free port."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import waitress


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


class _Threaded(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 128


@contextmanager
def wsgiref_server(app: Any) -> Iterator[str]:
    """Serve with a thread for each request; yields the address."""
    server = make_server("127.0.0.1", 0, app, server_class=_Threaded, handler_class=_Quiet)
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="test-wsgiref"
    )
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()


@contextmanager
def waitress_server(app: Any) -> Iterator[str]:
    """Serve with waitress; yields the address."""
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=16)
    ended = threading.Event()

    def run() -> None:
        while not ended.is_set():  # its own `run` cannot be ended from another thread
            server.asyncore.loop(timeout=0.05, use_poll=True, map=server._map, count=1)

    thread = threading.Thread(target=run, name="test-waitress")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}/"
    finally:
        ended.set()
        thread.join(10)
        server.task_dispatcher.shutdown()
        server.asyncore.close_all(server._map)
