"""`Rest`: all of Discord's HTTP API in one object."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar

import msgspec

from disruption.counters import Counters
from disruption.errors import DecodeError, InvalidArgument, InvalidToken
from disruption.rest.application_commands import ApplicationCommandRoutes
from disruption.rest.applications import ApplicationRoutes
from disruption.rest.audit_logs import AuditLogRoutes
from disruption.rest.auto_moderation import AutoModerationRoutes
from disruption.rest.channels import ChannelRoutes
from disruption.rest.core import Query
from disruption.rest.emojis import EmojiRoutes
from disruption.rest.files import File
from disruption.rest.gateway import GatewayRoutes
from disruption.rest.guild_bans import GuildBanRoutes
from disruption.rest.guild_event_exceptions import GuildEventExceptionRoutes
from disruption.rest.guild_members import GuildMemberRoutes
from disruption.rest.guild_roles import GuildRoleRoutes
from disruption.rest.guild_scheduled_events import GuildScheduledEventRoutes
from disruption.rest.guild_settings import GuildSettingRoutes
from disruption.rest.guild_templates import GuildTemplateRoutes
from disruption.rest.guilds import GuildRoutes
from disruption.rest.hooks import RawResponse, capture
from disruption.rest.http import base_url_of
from disruption.rest.interactions import InteractionRoutes
from disruption.rest.invites import InviteRoutes
from disruption.rest.literal import literal_route
from disruption.rest.lobbies import LobbyRoutes
from disruption.rest.mentions import DEFAULT_MENTIONS
from disruption.rest.message_search import MessageSearchRoutes
from disruption.rest.messages import MessageRoutes
from disruption.rest.monetization import MonetizationRoutes
from disruption.rest.oauth2 import OAuth2Routes
from disruption.rest.pins import PinRoutes
from disruption.rest.polls import PollRoutes
from disruption.rest.reactions import ReactionRoutes
from disruption.rest.retry import Retries
from disruption.rest.role_connections import RoleConnectionRoutes
from disruption.rest.soundboard import SoundboardRoutes
from disruption.rest.stage_instances import StageInstanceRoutes
from disruption.rest.stickers import StickerRoutes
from disruption.rest.thread_lists import ThreadListRoutes
from disruption.rest.threads import ThreadRoutes
from disruption.rest.users import UserRoutes
from disruption.rest.voice import VoiceRoutes
from disruption.rest.webhook_messages import WebhookMessageRoutes
from disruption.rest.webhooks import WebhookRoutes
from disruption.types import bind, to_plain

if TYPE_CHECKING:
    from typing_extensions import Self

    from disruption.types import AccessToken, AllowedMentions

__all__ = ["Rest", "anonymous_rest"]

_T = TypeVar("_T")
_P = ParamSpec("_P")
_METHODS: Final = frozenset(("GET", "POST", "PUT", "PATCH", "DELETE"))


class Rest(
    ApplicationCommandRoutes,
    ApplicationRoutes,
    AuditLogRoutes,
    AutoModerationRoutes,
    ChannelRoutes,
    EmojiRoutes,
    GatewayRoutes,
    GuildBanRoutes,
    GuildEventExceptionRoutes,
    GuildMemberRoutes,
    GuildRoleRoutes,
    GuildRoutes,
    GuildScheduledEventRoutes,
    GuildSettingRoutes,
    GuildTemplateRoutes,
    InteractionRoutes,
    InviteRoutes,
    LobbyRoutes,
    MessageRoutes,
    MessageSearchRoutes,
    MonetizationRoutes,
    OAuth2Routes,
    PinRoutes,
    PollRoutes,
    ReactionRoutes,
    RoleConnectionRoutes,
    SoundboardRoutes,
    StageInstanceRoutes,
    StickerRoutes,
    ThreadListRoutes,
    ThreadRoutes,
    UserRoutes,
    VoiceRoutes,
    WebhookMessageRoutes,
    WebhookRoutes,
):
    """Discord's HTTP API: one method for each operation, named after the documentation.

    It starts no thread, needs no gateway, and can be used from any number of threads;
    those of one token share their rate limits, whatever objects they use.

        with Rest(token) as rest:
            rest.create_message(channel_id, content="Hello")

    Args:
        token: The bot's token; None takes the environment's ``DISCORD_TOKEN``.
        base_url: Where Discord is; None takes the environment's ``DISRUPTION_REST_URL``,
            or else the real one.
        timeout: Seconds that a call may take in all, waits for rate limits and retries
            included; None for as long as that takes. Each method takes its own, too.
        allowed_mentions: Whom messages may ping where they do not say; by default nobody
            but the author that is replied to. None for Discord's default, everybody.
        retries: What is tried again, how often and after how long.
        attempt_timeout: Seconds for one attempt (uploads get more, by size).
        connect_timeout: Seconds for connecting, within an attempt.
        proxy: The URL of a proxy; None takes the environment's, "" none.
        verify: A CA bundle; None takes the environment's or the usual one.
        global_limit: Requests a second over all buckets, 50 unless Discord allows the bot
            more; it is one for all clients of the token in the process.
        counters: Where to count what was retried, limited and refused.
        limiter: Where the rate limits are kept; by default in this process.
        api: What the objects that it returns are bound to; by default itself.
        hooks: Called after each attempt with an `Exchange`, in the thread that asks.

    Attributes:
        hooks: The list of them, to add to.
        is_bot: Whether it has a bot's token.
        cdn: Downloads from Discord's CDN.
        counters: What was retried, limited and refused.

    Raises:
        InvalidToken: The token cannot be one.
        InvalidArgument: Another argument cannot be right.

    See https://discord.com/developers/docs/reference
    """

    @classmethod
    def anonymous(
        cls,
        base_url: str | None = None,
        *,
        timeout: float | None = None,
        allowed_mentions: AllowedMentions | Mapping[str, Any] | None = DEFAULT_MENTIONS,
        retries: Retries | None = None,
        proxy: str | None = None,
        verify: str | PathLike[str] | bool | None = None,
        counters: Counters | None = None,
    ) -> Self:
        """Return one without a token, for webhooks and interactions by their own tokens.

        The arguments are as for `Rest`.
        """
        return cls(
            base_url=base_url,
            timeout=timeout,
            allowed_mentions=allowed_mentions,
            retries=retries,
            proxy=proxy,
            verify=verify,
            counters=counters,
            _scheme=None,
        )

    @classmethod
    def bearer(
        cls,
        token: str | AccessToken,
        base_url: str | None = None,
        *,
        timeout: float | None = None,
        allowed_mentions: AllowedMentions | Mapping[str, Any] | None = DEFAULT_MENTIONS,
        retries: Retries | None = None,
        proxy: str | None = None,
        verify: str | PathLike[str] | bool | None = None,
        counters: Counters | None = None,
    ) -> Self:
        """Return one that acts for a person, with a token from OAuth2.

            token = Rest.anonymous().get_access_token(client_id, secret, code=…, redirect_uri=…)
            with Rest.bearer(token) as rest:
                user = rest.get_current_user()

        Args:
            token: The access token, or what `get_access_token` returned.
            base_url: As for `Rest`, like the other arguments.

        Raises:
            InvalidToken: The token cannot be one.

        See https://discord.com/developers/docs/topics/oauth2
        """
        text: object = token if isinstance(token, str) else getattr(token, "access_token", None)
        if not isinstance(text, str):
            raise InvalidToken(f"the access token must be a str, not {type(token).__name__}")
        text = text.removeprefix("Bearer ")
        if not text or not text.isascii() or not text.isprintable() or " " in text:
            raise InvalidToken("the access token is empty or has characters that it cannot have")
        return cls(
            text,
            base_url=base_url,
            timeout=timeout,
            allowed_mentions=allowed_mentions,
            retries=retries,
            proxy=proxy,
            verify=verify,
            counters=counters,
            _scheme="Bearer",
        )

    def with_raw_response(
        self, function: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs
    ) -> RawResponse[_T]:
        """Call a method, or a verb of an object, and return its answer with the HTTP around it.

            raw = rest.with_raw_response(rest.get_channel, channel_id)
            raw.value.name, raw.headers["X-RateLimit-Remaining"]

        Args:
            function: What makes the request, in this thread.
            args: Its arguments.
            kwargs: Its keyword arguments.

        Raises:
            InvalidArgument: It made no request.
        """
        return capture(function, *args, **kwargs)

    def bind(self, value: _T) -> _T:
        """Let the verbs of an object, and of those inside it, go through this; return it."""
        return bind(value, self)

    def request(
        self,
        method: str,
        path: str,
        *values: object,
        json: object = None,
        query: Query | None = None,
        files: Sequence[File] = (),
        reason: str | None = None,
        timeout: float | None = None,
        repeatable: bool | None = None,
    ) -> Any:
        """Make any request, with the same limits, retries and errors as all others.

            rest.request("GET", "/channels/{channel_id}/new-thing", channel_id)

        Args:
            method: GET, POST, PUT, PATCH or DELETE.
            path: A path below the base URL, with ids in it or ``{placeholders}``.
            values: For the placeholders, in their order.
            json: The body.
            query: The query; None values are left out.
            files: Sent as a form, together with `json`.
            reason: For the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.
            repeatable: Whether twice is as good as once; by default all but POST.

        Returns:
            The answer's JSON, None where it was empty.

        Raises:
            InvalidArgument: The method or path cannot be right.
            HTTPError: Discord refused.
        """
        verb = method.upper() if isinstance(method, str) else ""
        if verb not in _METHODS:
            raise InvalidArgument(f"method must be one of {sorted(_METHODS)}, not {method!r}")
        target = literal_route(verb, path, values)
        return self._call(
            _plain,
            target,
            None if json is None else to_plain(json),
            query=query,
            files=files,
            reason=reason,
            timeout=timeout,
            repeatable=repeatable,
        )


def _plain(body: bytes) -> Any:
    if not body:
        return None
    try:
        return msgspec.json.decode(body)
    except (ValueError, RecursionError) as error:
        raise DecodeError(f"not JSON: {error}") from error


_anonymous: dict[str, Rest] = {}
_anonymous_lock = threading.Lock()  # guards _anonymous


def anonymous_rest(base_url: str | None = None) -> Rest:
    """Return the process's `Rest` without a token: what webhooks by URL share.

    Args:
        base_url: As for `Rest`.
    """
    url = base_url_of(base_url)
    with _anonymous_lock:
        rest = _anonymous.get(url)
        if rest is None:
            rest = _anonymous[url] = Rest.anonymous(url)
        return rest
