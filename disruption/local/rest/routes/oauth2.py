"""OAuth2: tokens, and what they say.

See https://discord.com/developers/docs/topics/oauth2
"""

from __future__ import annotations

import base64
import binascii
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlencode

from ...world.oauth import TOKEN_LIFE, OAuthError
from ..errors import WorldError, form_error, unknown
from ..routing import Call, Routes
from ..validate import Body, Form
from .applications import own_application

routes = Routes()

_DENIED = "The resource owner or authorization server denied the request"

_SHOWN = ("id", "name", "icon", "description", "type", "bot_public", "verify_key", "flags")


@routes.get("/oauth2/applications/@me")
def get_current_bot_application_information(call: Call) -> dict[str, Any]:
    """Return the token's application, at the path that clients ask at login."""
    return call.world.applications.get(own_application(call))


@routes.get("/oauth2/@me", scope="")
def get_current_authorization_information(call: Call) -> dict[str, Any]:
    """Return what the token authorizes."""
    application = call.world.applications.get(own_application(call))
    grant = call.account.grant if call.account is not None else None
    expires = datetime.fromtimestamp(call.world.clock.now(), timezone.utc) + timedelta(days=7)
    answer: dict[str, Any] = {
        "application": {
            key: application[key] for key in (*_SHOWN, "bot_require_code_grant", "flags_new")
        },
        "scopes": ["bot", "applications.commands"],
        "expires": expires.isoformat(timespec="microseconds"),
    }
    if grant is not None:
        answer.update(scopes=list(grant.scopes), expires=grant.expires)
    if grant is None or "identify" in grant.scopes:
        answer["user"] = call.world.users.get(call.user_id)
    return answer


@routes.get("/oauth2/userinfo", scope="openid")
def get_openid_connect_userinfo(call: Call) -> dict[str, Any]:
    """Return the token's user in the form of OpenID Connect."""
    user = call.world.users.me(call.user_id)
    scopes = call.account.grant.scopes if call.account and call.account.grant else ()
    answer: dict[str, Any] = {"sub": user["id"], "locale": user["locale"]}
    if "identify" in scopes:
        answer.update(preferred_username=user["username"], nickname=user["global_name"])
    if "email" in scopes:
        answer.update(email=user["email"], email_verified=user["verified"])
    return answer


@routes.get("/oauth2/keys", auth="optional")
def get_public_keys(call: Call) -> dict[str, Any]:
    """Return no keys: nothing is signed here."""
    return {"keys": []}


@routes.post("/oauth2/authorize")
def authorize(call: Call) -> dict[str, Any]:
    """Allow an application what its link asks for, as a person's client does; bots cannot."""
    account, asked = call.account, call.request.args
    if account is None or account.is_bot or account.grant is not None:
        raise WorldError(403, 20001, "Bots cannot use this endpoint")
    world, application_id = call.world, call.snowflake("client_id")
    if application_id is None or not world.applications.exists(application_id):
        raise unknown("application")
    scopes = asked.get("scope", "").split()
    if not scopes:
        raise form_error("scope", "BASE_TYPE_REQUIRED", "This field is required")
    kind, redirect = asked.get("response_type", ""), asked.get("redirect_uri", "")
    known = world.applications.state(application_id)["redirect_uris"]
    if redirect and known and redirect not in known:
        raise form_error("redirect_uri", "REDIRECT_URI_INVALID", "Invalid OAuth2 redirect_uri")
    body = call.body if isinstance(call.body, dict) else {}
    answer = {"state": asked["state"]} if "state" in asked else {}
    if body.get("authorize") is False:
        answer.update(error="access_denied", error_description=_DENIED)
    else:
        if "bot" in scopes:
            _invite(call, application_id, body)
        if kind == "token":
            made = world.oauth.grant(application_id, call.user_id, scopes)
            answer.update(token_type="Bearer", access_token=made, scope=" ".join(scopes))
            answer["expires_in"] = str(TOKEN_LIFE)
        elif redirect or kind == "code":
            answer["code"] = world.oauth.authorize(application_id, call.user_id, scopes, redirect)
    separator = "#" if kind == "token" else "&" if "?" in redirect else "?"
    return {"location": f"{redirect}{separator}{urlencode(answer)}" if redirect else "", **answer}


def _invite(call: Call, application_id: str, body: dict[str, Any]) -> None:
    """Let the application's bot into the guild that its link or the person names."""
    form = Form()
    given = Body({**call.request.args.to_dict(), **body}, form)
    given.snowflake("guild_id", required=True)
    given.bits("permissions")
    form.check()
    guild_id = given.clean["guild_id"]
    call.world.permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD")
    allowed = int(given.clean.get("permissions") or 0)
    call.world.members.add(guild_id, application_id, permissions=allowed)


@routes.post("/oauth2/token", auth="optional")
def token(call: Call) -> tuple[dict[str, Any], int]:
    """Exchange a code, a refresh token or the application's own secret for an access token."""
    try:
        application_id = _client(call)
        return _token(call, application_id), 200
    except OAuthError as error:
        return {"error": error.error, "error_description": error.description}, error.status


def _token(call: Call, application_id: str) -> dict[str, Any]:
    oauth, form = call.world.oauth, _form(call)
    kind = form.get("grant_type")
    if kind == "authorization_code":
        return oauth.exchange(application_id, form.get("code", ""), form.get("redirect_uri", ""))
    if kind == "refresh_token":
        return oauth.refresh(application_id, form.get("refresh_token", ""))
    if kind == "client_credentials":
        scopes = form.get("scope", "").split()
        if not scopes:
            raise OAuthError("invalid_scope", "The requested scope is invalid, unknown or empty.")
        return oauth.client_credentials(application_id, scopes)
    raise OAuthError("unsupported_grant_type", f"Grant type {kind} is not supported")


@routes.post("/oauth2/token/revoke", auth="optional")
def revoke_token(call: Call) -> tuple[dict[str, Any], int]:
    """End a token."""
    try:
        _client(call)
        call.world.oauth.revoke(_form(call).get("token", ""))
    except OAuthError as error:
        return {"error": error.error, "error_description": error.description}, error.status
    return {}, 200


def _form(call: Call) -> dict[str, str]:
    body = call.body if isinstance(call.body, dict) else {}
    return {key: str(value) for key, value in body.items()}


def _client(call: Call) -> str:
    """Return the application that asks, which shows its secret in the header or the form."""
    form = _form(call)
    client_id, secret = form.get("client_id", ""), form.get("client_secret", "")
    kind, _, given = call.request.headers.get("Authorization", "").partition(" ")
    if kind == "Basic":
        try:
            client_id, _, secret = base64.b64decode(given).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            raise OAuthError("invalid_client", "Invalid client", 401) from None
    world = call.world
    if not world.applications.exists(client_id) or world.applications.secret(client_id) != secret:
        raise OAuthError("invalid_client", "Invalid client", 401)
    return client_id
