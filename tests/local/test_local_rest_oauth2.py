"""OAuth2 tokens, and what can be done with them: scopes, joining, linked roles, permissions."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from local_rest_support import Caller, Stage

REDIRECT = "http://127.0.0.1:9/back"


def bearer(stage: Stage, *scopes: str, user: str | None = None) -> Caller:
    token = stage.world.oauth.grant(stage.bot_id, user or stage.ann, scopes)
    return Caller(stage.discord.rest_url, f"Bearer {token}")


def ask(stage: Stage, path: str = "/oauth2/token", **form: Any) -> Any:
    secret = stage.world.applications.secret(stage.bot_id)
    return stage.nobody("POST", path, data=form, auth=(stage.bot_id, secret))


def test_a_code_becomes_a_token_that_can_be_refreshed_and_revoked(stage: Stage) -> None:
    code = stage.world.user("ann").authorize("helper", "identify", redirect_uri=REDIRECT)
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT}
    first = ask(stage, **form).json()
    assert (first["token_type"], first["scope"]) == ("Bearer", "identify")
    assert first["expires_in"] == 604800
    again = ask(stage, **form)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    ann = Caller(stage.discord.rest_url, f"Bearer {first['access_token']}")
    me = ann.ok("GET", "/users/@me")
    assert me["id"] == stage.ann
    assert "email" not in me
    refresh = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    second = ask(stage, **refresh).json()
    assert ann.refused("GET", "/users/@me") == (401, 0)
    ann = Caller(stage.discord.rest_url, f"Bearer {second['access_token']}")
    info = ann.ok("GET", "/oauth2/@me")
    assert (info["scopes"], info["user"]["id"]) == (["identify"], stage.ann)
    assert ask(stage, "/oauth2/token/revoke", token=second["access_token"]).status_code == 200
    assert ann.refused("GET", "/users/@me") == (401, 0)


def test_codes_and_tokens_end(stage: Stage) -> None:
    code = stage.world.oauth.authorize(stage.bot_id, stage.ann, ["identify"])
    ann = bearer(stage, "identify")
    stage.discord.clock.advance(61)
    refused = ask(stage, grant_type="authorization_code", code=code, redirect_uri="")
    assert refused.json()["error"] == "invalid_grant"
    stage.discord.clock.advance(604800)
    assert ann.refused("GET", "/users/@me") == (401, 0)


def test_an_application_speaks_for_its_owner(stage: Stage) -> None:
    answer = ask(stage, grant_type="client_credentials", scope="identify email").json()
    assert "refresh_token" not in answer
    owner = Caller(stage.discord.rest_url, f"Bearer {answer['access_token']}")
    assert owner.ok("GET", "/users/@me")["username"] == "developer"


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": "client_credentials"}, "invalid_scope"),
        ({"grant_type": "authorization_code", "code": "x"}, "invalid_grant"),
        ({"grant_type": "refresh_token"}, "invalid_grant"),
    ],
)
def test_what_the_token_endpoint_refuses(stage: Stage, form: Any, error: str) -> None:
    answer = ask(stage, **form)
    assert (answer.status_code, answer.json()["error"]) == (400, error)


def test_a_wrong_secret(stage: Stage) -> None:
    form = {"grant_type": "client_credentials", "scope": "identify", "client_id": stage.bot_id}
    answer = stage.nobody("POST", "/oauth2/token", data={**form, "client_secret": "x"})
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    good = {**form, "client_secret": stage.world.applications.secret(stage.bot_id)}
    assert stage.nobody("POST", "/oauth2/token", data=good).status_code == 200


def test_scopes_are_kept(stage: Stage) -> None:
    ann = bearer(stage, "guilds")
    assert [item["id"] for item in ann.ok("GET", "/users/@me/guilds")] == [stage.guild]
    assert ann.refused("GET", "/users/@me") == (403, 50026)
    assert ann.refused("GET", f"/channels/{stage.general}") == (401, 0)
    assert ann.refused("POST", stage.messages, {"content": "x"}) == (401, 0)
    assert bearer(stage, "connections").ok("GET", "/users/@me/connections") == []
    member = bearer(stage, "guilds.members.read").ok(
        "GET", f"/users/@me/guilds/{stage.guild}/member"
    )
    assert member["user"]["id"] == stage.ann
    info = bearer(stage, "openid", "identify").ok("GET", "/oauth2/userinfo")
    assert (info["sub"], info["preferred_username"]) == (stage.ann, "ann")
    assert stage.nobody.ok("GET", "/oauth2/keys") == {"keys": []}


def test_a_bot_adds_somebody_who_allows_it(stage: Stage) -> None:
    bob = stage.world.users.create("bob")["id"]
    token = stage.world.oauth.grant(stage.bot_id, bob, ["guilds.join"])
    path = f"/guilds/{stage.guild}/members/{bob}"
    body = {"access_token": token, "nick": "Bobby"}
    other = stage.world.oauth.grant(stage.bot_id, bob, ["identify"])
    assert stage.bot.refused("PUT", path, {"access_token": other}) == (403, 50026)
    assert stage.bot.refused("PUT", path, {"access_token": "x"}) == (403, 50025)
    added = stage.bot("PUT", path, body)
    assert (added.status_code, added.json()["nick"]) == (201, "Bobby")
    assert stage.bot.ok("PUT", path, body) is None


def test_linked_roles(stage: Stage) -> None:
    path = f"/applications/{stage.bot_id}/role-connections/metadata"
    record = {"type": 2, "key": "wins", "name": "Wins", "description": "Games won"}
    assert stage.bot.ok("GET", path) == []
    assert stage.bot.ok("PUT", path, [record]) == [record]
    assert stage.bot.refused("PUT", path, [{**record, "key": "No!"}]) == (400, 50035)
    own = f"/users/@me/applications/{stage.bot_id}/role-connection"
    ann = bearer(stage, "role_connections.write")
    body = {"platform_name": "Chess", "metadata": {"wins": 7}}
    assert ann.ok("PUT", own, body)["metadata"] == {"wins": "7"}
    assert ann.ok("GET", own)["platform_name"] == "Chess"
    assert ann.refused("PUT", own, {"metadata": {"losses": "1"}}) == (400, 50035)
    assert ann.ok("DELETE", own) is None
    assert ann.ok("GET", own)["metadata"] == {}
    assert stage.bot.refused("GET", own) == (403, 20001)


def test_who_may_use_a_command(stage: Stage) -> None:
    commands = f"/applications/{stage.bot_id}/commands"
    command = stage.bot.ok("POST", commands, {"name": "roll", "description": "d"})
    base = f"/applications/{stage.bot_id}/guilds/{stage.guild}/commands"
    path = f"{base}/{command['id']}/permissions"
    assert stage.bot.refused("GET", path) == (404, 10066)
    body = {"permissions": [{"id": stage.guild, "type": 1, "permission": False}]}
    assert stage.bot.refused("PUT", path, body) == (403, 20001)
    scope = "applications.commands.permissions.update"
    assert bearer(stage, scope).refused("PUT", path, body) == (403, 50013)
    admin = bearer(stage, scope, user=stage.world.users.find("admin"))
    events = stage.events()
    assert admin.ok("PUT", path, body)["permissions"] == body["permissions"]
    assert [name for name, _ in events] == ["APPLICATION_COMMAND_PERMISSIONS_UPDATE"]
    assert stage.bot.ok("GET", path)["id"] == command["id"]
    assert [item["id"] for item in stage.bot.ok("GET", f"{base}/permissions")] == [command["id"]]
    assert stage.entries()[-1]["action_type"] == 121
    allows = stage.world.commands.allows
    assert not allows(command, stage.ann, stage.general)
    both = [*body["permissions"], {"id": stage.ann, "type": 2, "permission": True}]
    admin.ok("PUT", path, {"permissions": both})
    assert allows(command, stage.ann, stage.general)
    nowhere = {"id": str(int(stage.guild) - 1), "type": 3, "permission": False}
    admin.ok("PUT", path, {"permissions": [*both, nowhere]})
    assert not allows(command, stage.ann, stage.general)
    here = {"id": stage.general, "type": 3, "permission": True}
    admin.ok("PUT", path, {"permissions": [*both, nowhere, here]})
    assert allows(command, stage.ann, stage.general)
    assert admin.refused("PUT", f"{base}/5/permissions", body) == (404, 10063)


def test_default_member_permissions_of_a_command(stage: Stage) -> None:
    path = f"/applications/{stage.bot_id}/commands"
    body = {"name": "ban", "description": "d", "default_member_permissions": "4"}
    command = stage.bot.ok("POST", path, body)
    assert command["default_member_permissions"] == "4"
    allows = stage.world.commands.allows
    assert not allows(command, stage.ann, stage.general)
    assert allows(command, stage.world.users.find("admin") or "", stage.general)


def test_commands_by_an_access_token(stage: Stage) -> None:
    path = f"/applications/{stage.bot_id}/commands"
    app = bearer(stage, "applications.commands.update")
    app.ok("POST", path, {"name": "roll", "description": "d"})
    assert [item["name"] for item in app.ok("GET", path)] == ["roll"]
    guild = f"/applications/{stage.bot_id}/guilds/{stage.guild}/commands"
    assert app.ok("GET", guild) == []


def test_a_persons_client_allows_what_a_link_asks_for(stage: Stage) -> None:
    ann, link = stage.person(stage.ann), {"client_id": stage.bot_id, "redirect_uri": REDIRECT}
    asked = {**link, "scope": "identify email", "response_type": "code", "state": "s 1"}
    path = "/oauth2/authorize"
    location = urlsplit(ann("POST", path, {"authorize": True}, params=asked).json()["location"])
    query = parse_qs(location.query)
    assert (location.path, query["state"]) == ("/back", ["s 1"])
    form = {"grant_type": "authorization_code", "redirect_uri": REDIRECT}
    assert ask(stage, **form, code=query["code"][0]).json()["scope"] == "identify email"
    denied = ann("POST", path, {"authorize": False}, params=asked).json()["location"]
    assert parse_qs(urlsplit(denied).query)["error"] == ["access_denied"]
    implicit = {**asked, "response_type": "token"}
    fragment = urlsplit(ann("POST", path, {}, params=implicit).json()["location"]).fragment
    token = parse_qs(fragment)["access_token"][0]
    assert Caller(stage.discord.rest_url, f"Bearer {token}").ok("GET", "/users/@me")
    assert stage.bot.refused("POST", path, {}, params=asked) == (403, 20001)
    assert ann.refused("POST", path, {}, params={**asked, "client_id": "1"}) == (404, 10002)
    assert ann.refused("POST", path, {}, params=link) == (400, 50035)


def test_a_link_brings_a_bot_into_a_guild(stage: Stage) -> None:
    stranger = stage.discord.add_bot("stranger", guilds=[])
    link = {"client_id": stranger.application_id, "scope": "bot", "permissions": "2048"}
    body, path = {"guild_id": stage.guild}, "/oauth2/authorize"
    ann = stage.person(stage.ann)
    assert ann.refused("POST", path, body, params=link) == (403, 50013)
    assert ann.refused("POST", path, {}, params=link) == (400, 50035)
    owner = stage.person(stage.world.users.find("admin") or "")
    assert owner("POST", path, body, params=link).status_code == 200
    member = stage.bot.ok("GET", f"/guilds/{stage.guild}/members/{stranger.user_id}")
    [role] = member["roles"]
    assert stage.world.guilds.state(stage.guild).roles[role]["permissions"] == "2048"
