"""OAuth2: acting for people who allow it.

1. Send the person to `authorization_url(…)`.
2. Discord sends them back to your page with a code: `get_access_token(code=…)`.
3. Act for them: ``Rest.bearer(token)``. Before its `expires_in` is over, `refresh_access_token`.

See https://discord.com/developers/docs/topics/oauth2
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from urllib.parse import quote, urlencode

from disruption.errors import InvalidArgument
from disruption.rest.checks import at_most, integer, several
from disruption.rest.core import RestCore
from disruption.rest.multipart import UrlForm
from disruption.rest.route import Route, SnowflakeLike, snowflake
from disruption.types import AccessToken, Application, AuthorizationInformation
from disruption.types.authorization import OAuth2PublicKey, UserInfo
from disruption.types.core.base import Model, model

__all__ = ["OAuth2Routes", "authorization_url"]

_AUTHORIZE: Final = "https://discord.com/oauth2/authorize"
_RESPONSES: Final = ("code", "token")
_PROMPTS: Final = ("consent", "none")

_BOT_APPLICATION = Route("GET", "/oauth2/applications/@me")
_AUTHORIZATION = Route("GET", "/oauth2/@me")
_KEYS = Route("GET", "/oauth2/keys", auth=False)
_USERINFO = Route("GET", "/oauth2/userinfo")
# A code is good for one exchange, and a refresh token may be.
_TOKEN = Route("POST", "/oauth2/token", auth=False)
_REVOKE = Route("POST", "/oauth2/token/revoke", auth=False, repeatable=True)


def authorization_url(
    client_id: SnowflakeLike,
    *,
    scopes: Iterable[str] | str = (),
    redirect_uri: str | None = None,
    state: str | None = None,
    response_type: str | None = None,
    prompt: str | None = None,
    permissions: int | None = None,
    guild_id: SnowflakeLike | None = None,
    disable_guild_select: bool | None = None,
    integration_type: int | None = None,
    code_challenge: str | None = None,
    code_challenge_method: str = "S256",
    url: str = _AUTHORIZE,
) -> str:
    """Return the address where a person allows an application something, or adds a bot.

        authorization_url(client_id, scopes=["bot", "applications.commands"], permissions=8)

    Args:
        client_id: The application.
        scopes: `OAuth2Scope`; none for the application's own settings.
        redirect_uri: Where Discord sends the person afterwards; one of the application's.
        state: Comes back with the person. Make it hard to guess, and compare it: otherwise
            others can have your visitors act with their accounts.
        response_type: ``code``, or ``token`` for the implicit grant; by default ``code`` where
            there is a `redirect_uri`.
        prompt: ``consent`` to ask again, ``none`` to ask only where it was not allowed yet.
        permissions: `Permissions` that the bot is to have.
        guild_id: The guild that is chosen first.
        disable_guild_select: Whether another guild can be chosen.
        integration_type: `ApplicationIntegrationType`, with ``applications.commands``.
        code_challenge: Of PKCE: the hash of the `code_verifier`, in URL-safe base 64.
        code_challenge_method: How it was made.
        url: Where to ask.

    Raises:
        InvalidArgument: Discord would not understand it.

    See https://discord.com/developers/docs/topics/oauth2#authorization-code-grant
    """
    if response_type is None and redirect_uri is not None:
        response_type = "code"
    if response_type is not None and response_type not in _RESPONSES:
        raise InvalidArgument(f"response_type must be 'code' or 'token', not {response_type!r}")
    if prompt is not None and prompt not in _PROMPTS:
        raise InvalidArgument(f"prompt must be 'consent' or 'none', not {prompt!r}")
    for name, text in (
        ("redirect_uri", redirect_uri),
        ("state", state),
        ("code_challenge", code_challenge),
    ):
        at_most(name, text, 4096)
    given = _scopes(scopes)
    fields: dict[str, str | int | None] = {
        "client_id": snowflake(client_id, "client_id"),
        "response_type": response_type,
        "redirect_uri": redirect_uri,
        "scope": given or None,
        "state": state,
        "prompt": prompt,
        "permissions": None if permissions is None else integer("permissions", permissions),
        "guild_id": None if guild_id is None else snowflake(guild_id, "guild_id"),
        "disable_guild_select": _flag(disable_guild_select),
        "integration_type": (
            None if integration_type is None else integer("integration_type", integration_type)
        ),
        "code_challenge": code_challenge,
        "code_challenge_method": code_challenge_method if code_challenge else None,
    }
    query = {name: value for name, value in fields.items() if value is not None}
    try:
        return f"{url}?{urlencode(query, quote_via=quote)}"
    except UnicodeEncodeError as error:
        raise InvalidArgument(f"state or redirect_uri is not valid Unicode: {error}") from None


def _flag(value: bool | None) -> str | None:
    return None if value is None else str(bool(value)).lower()


def _scopes(scopes: Iterable[str] | str) -> str:
    """Return scopes as OAuth2 has them: parted by spaces."""
    if isinstance(scopes, str):
        scopes = scopes.split()
    listed = [str(scope) for scope in several("scopes", scopes)]
    for scope in listed:
        if not scope or not scope.isascii() or not scope.isprintable() or " " in scope:
            raise InvalidArgument(f"this is no scope of OAuth2: {scope!r:.40}")
    return " ".join(dict.fromkeys(listed))


@model
class _Keys(Model):
    """The answer of the route for keys."""

    keys: list[OAuth2PublicKey]


class OAuth2Routes(RestCore):
    """OAuth2. Those with an application's secret need no token: `Rest.anonymous()` has them."""

    def get_access_token(
        self,
        client_id: SnowflakeLike,
        client_secret: str,
        *,
        code: str,
        redirect_uri: str,
        code_verifier: str | None = None,
        timeout: float | None = None,
    ) -> AccessToken:
        """Get a person's token for the code with which Discord sent them back.

        It cannot be repeated after a broken connection: a code is good for once.

        Args:
            client_id: The application.
            client_secret: Its secret; from the application's OAuth2 page.
            code: From the query of the address that the person came to.
            redirect_uri: The same as in `authorization_url`.
            code_verifier: Of PKCE, where `authorization_url` had a `code_challenge`.
            timeout: Seconds for the whole call, waits included.

        Raises:
            BadRequest: The code is not good (any more), or another `redirect_uri` was meant.
            Unauthorized: The secret is wrong.

        See https://discord.com/developers/docs/topics/oauth2#authorization-code-grant
        """
        form = _form(
            client_id,
            client_secret,
            grant_type="authorization_code",
            code=code,
            redirect_uri=redirect_uri,
            code_verifier=code_verifier,
        )
        return self._fetch(AccessToken, _TOKEN(), form, timeout=timeout)

    def refresh_access_token(
        self,
        client_id: SnowflakeLike,
        client_secret: str,
        *,
        refresh_token: str | AccessToken,
        timeout: float | None = None,
    ) -> AccessToken:
        """Get a new token in place of one that has ended or will soon.

        Args:
            client_id: The application.
            client_secret: Its secret.
            refresh_token: The old token's `refresh_token`, or the old `AccessToken`.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: The old one has none.
            BadRequest: The person has taken back what they allowed.

        See https://discord.com/developers/docs/topics/oauth2#authorization-code-grant
        """
        text = refresh_token if isinstance(refresh_token, str) else refresh_token.refresh_token
        if not text:
            raise InvalidArgument("refresh_token: this token has none, get a new one")
        form = _form(client_id, client_secret, grant_type="refresh_token", refresh_token=text)
        return self._fetch(AccessToken, _TOKEN(), form, timeout=timeout)

    def get_client_credentials_token(
        self,
        client_id: SnowflakeLike,
        client_secret: str,
        *,
        scopes: Iterable[str] | str,
        timeout: float | None = None,
    ) -> AccessToken:
        """Get a token of the application's owner, to try things out.

        Args:
            client_id: The application.
            client_secret: Its secret.
            scopes: `OAuth2Scope`; a team's can have only ``identify`` and
                ``applications.commands.update``.
            timeout: Seconds for the whole call, waits included.

        Raises:
            Unauthorized: The secret is wrong.

        See https://discord.com/developers/docs/topics/oauth2#client-credentials-grant
        """
        form = _form(
            client_id, client_secret, grant_type="client_credentials", scope=_scopes(scopes)
        )
        return self._fetch(AccessToken, _TOKEN(), form, timeout=timeout, repeatable=True)

    def revoke_access_token(
        self,
        client_id: SnowflakeLike,
        client_secret: str,
        *,
        token: str | AccessToken,
        token_type_hint: str | None = None,
        timeout: float | None = None,
    ) -> None:
        """Give back what a person allowed: this token and all others of that.

        Args:
            client_id: The application.
            client_secret: Its secret.
            token: The access or refresh token.
            token_type_hint: ``access_token`` or ``refresh_token``.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/topics/oauth2#authorization-code-grant
        """
        text = token if isinstance(token, str) else token.access_token
        form = _form(client_id, client_secret, token=text, token_type_hint=token_type_hint)
        self._do(_REVOKE(), form, timeout=timeout)

    def get_current_bot_application_information(
        self, *, timeout: float | None = None
    ) -> Application:
        """Get the application that the bot belongs to, as OAuth2 has it.

        See https://discord.com/developers/docs/topics/oauth2#get-current-bot-application-information
        """
        return self._fetch(Application, _BOT_APPLICATION(), timeout=timeout)

    def get_current_authorization_information(
        self, *, timeout: float | None = None
    ) -> AuthorizationInformation:
        """Get what a bearer token may do, for whom and how long.

        See https://discord.com/developers/docs/topics/oauth2#get-current-authorization-information
        """
        return self._fetch(AuthorizationInformation, _AUTHORIZATION(), timeout=timeout)

    def get_public_keys(self, *, timeout: float | None = None) -> list[OAuth2PublicKey]:
        """Get the keys with which Discord signs OpenID Connect's tokens.

        Discord's OpenAPI description has this route, its documentation does not.

        See https://discord.com/developers/docs/topics/oauth2
        """
        return self._fetch(_Keys, _KEYS(), timeout=timeout).keys

    def get_userinfo(self, *, timeout: float | None = None) -> UserInfo:
        """Get who a bearer token with ``openid`` is of, in the words of OpenID Connect.

        Discord's OpenAPI description has this route, its documentation does not.

        See https://discord.com/developers/docs/topics/oauth2
        """
        return self._fetch(UserInfo, _USERINFO(), timeout=timeout)


def _form(client_id: SnowflakeLike, client_secret: str, **fields: str | None) -> UrlForm:
    if not isinstance(client_secret, str) or not client_secret:
        raise InvalidArgument("client_secret is missing: it is on the application's OAuth2 page")
    for name, value in fields.items():
        if value is not None and (not isinstance(value, str) or not value):
            raise InvalidArgument(f"{name} must be a str that is not empty")
    known = {"client_id": str(snowflake(client_id, "client_id")), "client_secret": client_secret}
    return UrlForm(known | fields)
