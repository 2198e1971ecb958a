"""A whole local Discord: one world, its gateway and its REST."""

from __future__ import annotations

import ipaddress
import os
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from . import seed as seeds
from .clock import Clock
from .endpoints import Endpoints
from .faults import Faults
from .gateway import GatewayOptions, GatewayServer
from .rest import RestServer, create_app, serve
from .rest.hosts import WILDCARDS
from .rest.limits import Limits
from .rest.log import RequestLog
from .sockets import known_address
from .timer import WorldTimer
from .traffic import Traffic
from .world import Account, World, store
from .world.applications import PRIVILEGED

if TYPE_CHECKING:
    from typing_extensions import Self
__all__ = ["Bot", "LocalDiscord"]


#: What nobody tries out over the network, and what stands in an address as it is.
_SECRET = re.compile(r"[\w\-.~]{16,}", re.ASCII)


@dataclass(frozen=True)
class Bot:
    """What a bot needs to run on a local Discord."""

    token: str = field(repr=False)
    user_id: str
    application_id: str


class LocalDiscord:
    """A Discord on this machine; a context manager that starts and stops it.

    Args:
        host: Where it listens. Anything but a loopback address must be asked for with
            `exposed=True`.
        rest_port: Port of REST; 0 takes a free one.
        gateway_port: Port of the gateway; 0 takes a free one.
        heartbeat_interval: Seconds between heartbeats.
        seed: Makes tokens and random faults the same in each run; None lets nobody guess tokens.
        rate_limits: Whether REST has Discord's rate limits.
        clock: The world's time; `Clock(start=…, running=False)` makes ids the same in each run.
        world: A world to go on with, or a file: one that was saved (it is written again at
            `stop`, and made if it does not exist), or a seed (see `disruption.local.seed`).
        empty: Begin without the guild "Home", its channel #general and the user "admin".
        gateway: Everything else that can be set about the gateway.
        exposed: Allow a `host` that other machines can reach. The tokens of a world that is made
            for it cannot be guessed, whatever the seed.
        hosts: Further names under which it may be addressed (the Host header). A server on all
            of a machine's addresses (`host="0.0.0.0"`) gives its own address by the first of them,
            or else by the one that other machines know, and takes every address for its own.
        secret: What the page and everything under `/local/` demand, at least 16 letters and
            digits; by default a new one in each run.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        rest_port: int = 0,
        gateway_port: int = 0,
        heartbeat_interval: float | None = None,
        seed: int | None = 0,
        rate_limits: bool = True,
        clock: Clock | None = None,
        world: World | str | os.PathLike[str] | None = None,
        empty: bool = False,
        gateway: GatewayOptions | None = None,
        exposed: bool = False,
        hosts: Collection[str] = (),
        secret: str | None = None,
    ) -> None:
        if not exposed and not _is_loopback(host):
            raise ValueError(
                f"{host!r} can be reached from other machines, and who has the page's secret or a "
                "token can do anything in a local Discord: say exposed=True if that is meant"
            )
        if secret is not None and not _SECRET.fullmatch(secret):
            raise ValueError("secret has 16 characters or more, of letters, digits, _ - . and ~")
        options = gateway if gateway is not None else GatewayOptions()
        if heartbeat_interval is not None:
            options = _with_interval(options, heartbeat_interval)
        if isinstance(world, World):
            self.world, self.clock = world, world.clock
        else:
            self.clock = clock if clock is not None else Clock()
            self.world = World(self.clock, seed=None if exposed else seed)
        self.faults = Faults(seed or 0)
        self.limits = Limits(enabled=rate_limits)
        self.files = self.world.files
        self.requests = RequestLog()
        self.traffic = Traffic()
        self.endpoints = Endpoints(self.world, self._near_url, self.traffic)
        #: What the page proves itself with; whoever has it can act for everybody.
        self.page_secret = secret if secret is not None else secrets.token_urlsafe(24)
        self.hosts = frozenset(hosts) | ({host} if exposed else frozenset())
        self._host = host
        #: The machine's name or address in the addresses that are given out, and for itself.
        self._shown, self._near = host, host
        if host in WILDCARDS:
            self._shown = next(iter(hosts), None) or known_address()
            self._near = "::1" if host == "::" else "127.0.0.1"
        self._rest_port = rest_port
        self._gateway_port = gateway_port
        self._options = options
        self._gateway: GatewayServer | None = None
        self._rest: RestServer | None = None
        self._timer: WorldTimer | None = None
        self._file: Path | None = None  # where the world is kept from one run to the next
        self._origin: str | None = None  # the address in the URLs of the world's files
        if world is None or isinstance(world, World):
            furnished = not empty and world is None
        else:
            furnished = self._open(Path(world)) and not empty
        if furnished:
            _furnish(self.world)

    def _open(self, path: Path) -> bool:
        """Take the world from a file; returns whether it is still to be furnished."""
        if not path.exists() and path.suffix == ".json":
            self._file = path
            return True
        data = seeds.read(path)
        if not store.is_saved_world(data):
            seeds.plant(self.world, data)
            return not self.world.guilds.all()
        self._origin = store.load(self.world, path)
        self._file = path
        return False

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the world to a file that `LocalDiscord(world=path)` goes on with."""
        store.save(self.world, path, origin=self._origin)

    def start(self) -> Self:
        """Listen on both ports; returns when both answer."""
        if self._gateway is not None:
            return self
        gateway = GatewayServer(
            self.world,
            self.faults,
            self._options,
            host=self._host,
            port=self._gateway_port,
            hosts=self.hosts,
            shown=self._shown,
            traffic=self.traffic,
        )
        self.traffic.open()
        gateway.start()
        self._gateway = gateway
        try:
            self._rest = serve(create_app(self), self._host, self._rest_port)
            # A second start listens where the first did, so that clients find it again.
            self._rest_port, self._gateway_port = self._rest.port, gateway.port
            self._move_files()
            self._timer = WorldTimer(self.world)
            self._timer.start()
            self.endpoints.start()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Close every connection and end every thread; the world stays as it is."""
        timer, self._timer = self._timer, None
        if timer is not None:
            timer.stop()
        self.endpoints.stop()
        self.traffic.close()
        if self._rest is not None:
            self._rest.stop()
            self._rest = None  # only now: what is being answered may ask for addresses
        gateway, self._gateway = self._gateway, None
        if gateway is not None:
            gateway.stop()
            if self._file is not None:
                self.save(self._file)

    def _move_files(self) -> None:
        """Let the URLs of files lead here, where the world was elsewhere before."""
        origin = self.rest_url.removesuffix("/api/v10")
        if self._origin not in (None, origin):
            self.world.messages.move_files(str(self._origin), origin)
        self._origin = origin

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def gateway(self) -> GatewayServer:
        """The running gateway."""
        if self._gateway is None:
            raise RuntimeError("The local Discord is not running: call start() first")
        return self._gateway

    @property
    def gateway_url(self) -> str:
        """Where clients connect, without query, `ws://127.0.0.1:PORT`."""
        return self.gateway.hub.url

    @property
    def rest_url(self) -> str:
        """The base of every route, `http://127.0.0.1:PORT/api/v10`."""
        if self._rest is None:
            raise RuntimeError("The local Discord is not running: call start() first")
        return f"http://{_netloc(self._shown)}:{self._rest.port}/api/v10"

    def _near_url(self) -> str:
        """Return the base of every route for the server's own requests."""
        return f"http://{_netloc(self._near)}:{self._rest_port}/api/v10"

    @property
    def page_url(self) -> str:
        """The page where a person plays the users, with this run's secret in it.

        The secret stands in the fragment, which browsers keep to themselves.
        """
        return f"{self.rest_url.removesuffix('/api/v10')}/#key={self.page_secret}"

    def add_bot(
        self,
        name: str = "bot",
        token: str | None = None,
        *,
        privileged: Collection[str] = tuple(PRIVILEGED),
        guilds: Collection[str] | None = None,
    ) -> Bot:
        """Make an application with a bot and let it into guilds.

        Args:
            name: Of both.
            token: Its token; None makes one of Discord's form.
            privileged: The privileged intents that are switched on (`MESSAGE_CONTENT`, …).
            guilds: Ids of the guilds it joins as an administrator; None is all there are.
        """
        with self.world.lock:
            application = self.world.applications.create_bot(
                name, token=token, privileged=privileged
            )
            user_id: str = application["bot"]["id"]
            for guild_id in self.world.guilds.all() if guilds is None else guilds:
                self.world.members.add(guild_id, user_id)
            token = self.world.applications.token(application["id"])
        return Bot(token, user_id, application["id"])

    def session_start_limit(self, account: Account) -> dict[str, int]:
        """Return how many sessions an account may still start, for `GET /gateway/bot`."""
        return self.gateway.hub.session_start_limit(account)


def _furnish(world: World) -> None:
    """Make what a world begins with: somebody, somewhere, and a place to talk."""
    admin = world.users.create("admin", global_name="Admin")["id"]
    home = world.guilds.create("Home", admin)["id"]
    general = world.channels.create(home, "general")["id"]
    # It has a system channel, as every guild; who joins is not told of, which tests would mind.
    world.guilds.update(home, {"system_channel_id": general, "system_channel_flags": 1})


def _with_interval(options: GatewayOptions, seconds: float) -> GatewayOptions:
    return replace(options, heartbeat_interval=seconds, heartbeat_patience=0.0)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _netloc(host: str) -> str:
    return f"[{host}]" if ":" in host else host
