"""Interactions and events posted to the addresses that applications have given.

An application with an interactions endpoint URL gets its interactions there, signed, and not
through the gateway; what it answers is its first answer, as if it had called the callback.

See https://discord.com/developers/docs/interactions/overview#configuring-an-interactions-endpoint-url
"""

from __future__ import annotations

import http.client
import json
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from . import signing
from .world.errors import form_error
from .world.events import to_json

if TYPE_CHECKING:
    from .traffic import Traffic
    from .world import World
    from .world.events import Event

__all__ = ["OWN_AGENT", "Endpoints"]

_log = logging.getLogger("disruption.local")

#: What this server calls itself when it takes an endpoint's answer to its own callback.
OWN_AGENT = "disruption-local-endpoints"

#: Seconds that an endpoint has for its response.
DEADLINE = 3.0
_LARGEST = 64 << 20
_ENTITLEMENTS = frozenset({"ENTITLEMENT_CREATE", "ENTITLEMENT_UPDATE", "ENTITLEMENT_DELETE"})
_EVENTS = _ENTITLEMENTS | {"APPLICATION_AUTHORIZED"}
_FIELDS = {"interactions_endpoint_url": 1, "event_webhooks_url": 0}  # and the type of their ping


@dataclass(frozen=True)
class _Response:
    status: int
    content_type: str
    body: bytes


class Endpoints:
    """Posts what happens to those whose application has an address; part of a `LocalDiscord`.

    Threads: `disruption-local-post`, one for each request, joined by `stop`.

    Args:
        world: What happens.
        rest_url: Where the answers of endpoints go.
        traffic: Hears what is posted, and what is answered.
    """

    def __init__(self, world: World, rest_url: Callable[[], str], traffic: Traffic) -> None:
        self._world = world
        self._rest_url = rest_url
        self._traffic = traffic
        self._threads: set[threading.Thread] = set()  # guarded by the world's lock
        self._unsubscribe: Callable[[], None] | None = None

    def start(self) -> None:
        """Begin to post."""
        self._unsubscribe = self._world.subscribe(self._happened)

    def stop(self) -> None:
        """Post nothing more and wait for what is under way."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        with self._world.lock:
            threads = list(self._threads)
        for thread in threads:
            thread.join()

    def check(self, application_id: str, changes: dict[str, Any]) -> None:
        """Ask the addresses that an application wants to have, as Discord does.

        Raises:
            WorldError: One does not answer a ping, or takes one with a wrong signature.
        """
        for name, type in _FIELDS.items():
            url = changes.get(name)
            if url:
                wrong = self._try(application_id, str(url), type)
                if wrong is not None:
                    raise form_error(
                        name,
                        f"APPLICATION_{name.upper()}_INVALID",
                        f"The specified {name.replace('_', ' ')} could not be verified: {wrong}",
                    )

    def send_event(self, application_id: str, name: str, data: Any) -> int:
        """Post an event to an application's event webhook and return the response's status.

        Args:
            application_id: The application, which has an `event_webhooks_url`.
            name: The event's type, `APPLICATION_AUTHORIZED`.
            data: Its data.
        """
        with self._world.lock:
            url = self._world.applications.state(application_id)["event_webhooks_url"]
        return self._post(application_id, url, _event_body(application_id, name, data)).status

    # Under the world's lock ----------------------------------------------------------------

    def _happened(self, event: Event) -> None:
        if event.name == "INTERACTION_CREATE":
            application = self._world.applications.state(event.data["application_id"])
            url = application["interactions_endpoint_url"]
            if url:
                self._spawn(self._interaction, application["id"], url, event.data)
        elif event.name in _EVENTS:
            application_id = str(event.data["application_id"])
            if self._world.applications.exists(application_id):
                application = self._world.applications.state(application_id)
                url, types = application["event_webhooks_url"], application["event_webhooks_types"]
                if url and (not types or event.name in types):
                    data = dict(event.data)
                    if event.name not in _ENTITLEMENTS:
                        del data["application_id"]  # it says whom to tell, and is not told
                    body = _event_body(application_id, event.name, data)
                    self._spawn(self._event, application_id, url, body)

    def _spawn(self, function: Callable[..., None], *args: Any) -> None:
        def run() -> None:
            try:
                function(*args)
            except (OSError, http.client.HTTPException, ValueError) as error:
                _log.warning("An endpoint could not be reached: %s", error)
            except Exception:
                _log.exception("Posting to an endpoint failed")
            finally:
                with self._world.lock:
                    self._threads.discard(thread)

        thread = threading.Thread(target=run, name="disruption-local-post", daemon=True)
        self._threads.add(thread)
        thread.start()

    # On threads of their own ---------------------------------------------------------------

    def _interaction(self, application_id: str, url: str, data: dict[str, Any]) -> None:
        response = self._post(application_id, url, to_json(data))
        if response.status == 202:
            return  # it answers by the callback
        if response.status != 200:
            _log.warning("An interactions endpoint answered with %d", response.status)
            return
        target = f"{self._rest_url()}/interactions/{data['id']}/{data['token']}/callback"
        headers = {"Content-Type": response.content_type, "User-Agent": OWN_AGENT}
        taken = _request(target, response.body, headers)
        if taken.status >= 300:
            _log.warning(
                "What an interactions endpoint answered is refused: %d %s",
                taken.status,
                taken.body[:500].decode("utf-8", "replace"),
            )

    def _event(self, application_id: str, url: str, body: bytes) -> None:
        status = self._post(application_id, url, body).status
        if status != 204:
            _log.warning("An event webhook answered with %d instead of 204", status)

    def _try(self, application_id: str, url: str, type: int) -> str | None:
        """Ping an address with a good and a bad signature; return what is wrong."""
        ping: dict[str, Any] = {"version": 1, "application_id": application_id, "type": type}
        if type == 1:
            with self._world.lock:
                ping["id"] = self._world.ids.next()
            ping["token"] = "ping"
        body = to_json(ping)
        try:
            good = self._post(application_id, url, body)
            bad = self._post(application_id, url, body, forged=True)
        except ModuleNotFoundError:
            return "this Discord needs PyNaCl to sign: pip install 'disruption[http]'"
        except (OSError, http.client.HTTPException, ValueError) as error:
            return f"it does not answer ({error})"
        if bad.status != 401:
            return f"a wrong signature got {bad.status}, not 401"
        if type == 0:
            return None if good.status == 204 else f"the ping got {good.status}, not 204"
        try:
            answer = json.loads(good.body)
        except ValueError:
            answer = None
        if good.status != 200 or not isinstance(answer, dict) or answer.get("type") != 1:
            return f"the ping got {good.status} {good.body[:100]!r}"
        return None

    def _post(
        self, application_id: str, url: str, body: bytes, *, forged: bool = False
    ) -> _Response:
        timestamp = str(int(time.time()))
        with self._world.lock:
            seed = self._world.applications.signing_key(application_id)
        signed = timestamp.encode() + body + (b"?" if forged else b"")
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Discord-Interactions/1.0 (+https://discord.com)",
            "X-Signature-Ed25519": signing.sign(seed, signed),
            "X-Signature-Timestamp": timestamp,
        }
        facts = {"method": "POST", "path": url, "forged": forged, "body": body}
        began, status, answer = time.monotonic(), 0, b""
        try:
            response = _request(url, body, headers)
            status, answer = response.status, response.body
            return response
        except (OSError, http.client.HTTPException, ValueError) as error:
            facts["error"] = str(error) or type(error).__name__
            raise
        finally:
            facts["status"], facts["seconds"] = status, round(time.monotonic() - began, 3)
            self._traffic.add("posted", answer, user_id=application_id, facts=facts)


def _event_body(application_id: str, name: str, data: Any) -> bytes:
    now = datetime.now(timezone.utc).replace(tzinfo=None).isoformat()
    event = {"type": name, "timestamp": now, "data": data}
    return to_json({"version": 1, "application_id": application_id, "type": 1, "event": event})


def _request(url: str, body: bytes, headers: dict[str, str]) -> _Response:
    """Post to an address; no redirect is followed."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url!r} is no http or https address")
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname, parts.port, timeout=DEADLINE)
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, body, headers)
        response = connection.getresponse()
        return _Response(
            response.status, response.getheader("Content-Type") or "", response.read(_LARGEST)
        )
    finally:
        connection.close()
