from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from rest_fake import TOKEN, Answer, FakeDiscord
from rest_table import APPLICATION, USER, Case, run

from disruption.errors import BadRequest, InvalidArgument, InvalidToken, Unauthorized
from disruption.rest import Rest, Retries
from disruption.rest.oauth2 import authorization_url
from disruption.types import OAuth2Scope, Permissions

SECRET = "s3cret-of-the-application"
ACCESS = {
    "access_token": "the-access-token",
    "token_type": "Bearer",
    "expires_in": 604800,
    "refresh_token": "the-refresh-token",
    "scope": "identify guilds",
}
KEY = {"kty": "RSA", "use": "sig", "kid": "k", "n": "n", "e": "AQAB", "alg": "RS256"}
CASES = [
    Case(
        "get_current_bot_application_information",
        (),
        "GET /oauth2/applications/@me",
        answer=APPLICATION,
    ),
    Case(
        "get_current_authorization_information",
        (),
        "GET /oauth2/@me",
        answer={
            "application": APPLICATION,
            "scopes": ["identify"],
            "expires": "2026-11-24T20:00:00+00:00",
            "user": USER,
        },
    ),
    Case("get_public_keys", (), "GET /oauth2/keys", answer={"keys": [KEY]}),
    Case("get_userinfo", (), "GET /oauth2/userinfo", answer={"sub": "3", "locale": "de"}),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_method_asks_its_route(case: Case, discord: FakeDiscord, rest: Rest) -> None:
    run(case, discord, rest)


@pytest.mark.parametrize(
    ("method", "options", "path", "sent"),
    [
        (
            "get_access_token",
            {"code": "c", "redirect_uri": "https://x/y?z", "code_verifier": "v"},
            "/oauth2/token",
            {
                "grant_type": "authorization_code",
                "code": "c",
                "redirect_uri": "https://x/y?z",
                "code_verifier": "v",
            },
        ),
        (
            "refresh_access_token",
            {"refresh_token": "r"},
            "/oauth2/token",
            {"grant_type": "refresh_token", "refresh_token": "r"},
        ),
        (
            "get_client_credentials_token",
            {"scopes": [OAuth2Scope.IDENTIFY, "connections"]},
            "/oauth2/token",
            {"grant_type": "client_credentials", "scope": "identify connections"},
        ),
        (
            "revoke_access_token",
            {"token": "t", "token_type_hint": "access_token"},
            "/oauth2/token/revoke",
            {"token": "t", "token_type_hint": "access_token"},
        ),
    ],
)
def test_tokens_are_asked_for_with_a_form(
    discord: FakeDiscord, method: str, options: dict[str, Any], path: str, sent: dict[str, str]
) -> None:
    discord.default = Answer(json=ACCESS)
    with Rest.anonymous(discord.url) as rest:
        getattr(rest, method)(5, SECRET, **options)
    request = discord.requests[0]
    assert (request.method, request.path) == ("POST", "/api/v10" + path)
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert "Authorization" not in request.headers
    fields = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
    assert fields == {"client_id": "5", "client_secret": SECRET} | sent


def test_a_token_is_refreshed_and_used(discord: FakeDiscord, rest: Rest) -> None:
    discord.answer(Answer(json=ACCESS), Answer(json=ACCESS), Answer(json=USER))
    first = rest.get_access_token(5, SECRET, code="c", redirect_uri="https://x")
    assert first.expires_in == 604800
    assert "the-access-token" not in repr(first)
    second = rest.refresh_access_token(5, SECRET, refresh_token=first)
    with Rest.bearer(second, discord.url) as person:
        assert person.get_current_user().id == 3
    assert discord.requests[2].headers["Authorization"] == "Bearer the-access-token"
    assert TOKEN not in str(discord.requests[:2])


def test_a_code_is_exchanged_once(discord: FakeDiscord) -> None:
    discord.answer(Answer(status=500, json={}))
    retries = Retries(backoff=0.001)
    with (
        Rest.anonymous(discord.url, retries=retries) as rest,
        pytest.raises(Exception, match="500"),
    ):
        rest.get_access_token(5, SECRET, code="c", redirect_uri="https://x")
    assert len(discord.requests) == 1


def test_what_oauth2_says_is_in_the_error(discord: FakeDiscord, rest: Rest) -> None:
    said = {"error": "invalid_grant", "error_description": 'Invalid "code" in request.'}
    discord.answer(Answer(status=400, json=said), Answer(status=401, json={"error": "invalid"}))
    with pytest.raises(BadRequest, match='Invalid "code"') as caught:
        rest.get_access_token(5, SECRET, code="c", redirect_uri="https://x")
    assert SECRET not in str(caught.value)
    with pytest.raises(Unauthorized):
        rest.get_access_token(5, SECRET, code="c", redirect_uri="https://x")
    discord.answer(Answer(json=USER))
    rest.get_current_user()  # the bot's own token is none the worse


@pytest.mark.parametrize("token", ["", "with space", "line\nbreak", "Bearer "])
def test_a_token_that_cannot_be_one_is_refused(token: str) -> None:
    with pytest.raises(InvalidToken):
        Rest.bearer(token, "http://127.0.0.1:1")


def test_a_refused_bearer_token_is_not_tried_again(discord: FakeDiscord) -> None:
    discord.default = Answer(status=401, json={"message": "401: Unauthorized", "code": 0})
    with Rest.bearer("a-token-of-nobody", discord.url) as rest:
        for _ in range(2):
            with pytest.raises(Unauthorized):
                rest.get_current_user()
    assert len(discord.requests) == 1


def test_what_only_bots_may_ask_leaves_a_bearer_token_as_good_as_it_was(
    discord: FakeDiscord,
) -> None:
    discord.answer(Answer(401, {"message": "401: Unauthorized", "code": 0}), Answer(json=USER))
    with Rest.bearer("good", base_url=discord.url) as rest:
        with pytest.raises(Unauthorized):
            rest.get_channel(1)
        assert rest.get_current_user().id == 3


def test_what_only_people_may_ask_leaves_a_bots_token_as_good_as_it_was(
    discord: FakeDiscord, rest: Rest
) -> None:
    discord.answer(Answer(401, {"message": "401: Unauthorized", "code": 0}), Answer(json=USER))
    with pytest.raises(Unauthorized):
        rest.get_current_authorization_information()
    assert rest.get_current_user().id == 3


def test_an_address_to_add_a_bot() -> None:
    url = authorization_url(
        5,
        scopes=[OAuth2Scope.BOT, "applications.commands"],
        permissions=Permissions(8),
        guild_id=4,
        disable_guild_select=True,
    )
    assert url == (
        "https://discord.com/oauth2/authorize?client_id=5&scope=bot%20applications.commands"
        "&permissions=8&guild_id=4&disable_guild_select=true"
    )


def test_an_address_to_allow_something() -> None:
    url = authorization_url(
        5,
        scopes="identify guilds",
        redirect_uri="https://x/y?a=b",
        state="s",
        prompt="none",
        integration_type=1,
        code_challenge="h",
    )
    assert parse_qs(urlsplit(url).query) == {
        "client_id": ["5"],
        "response_type": ["code"],
        "redirect_uri": ["https://x/y?a=b"],
        "scope": ["identify guilds"],
        "state": ["s"],
        "prompt": ["none"],
        "integration_type": ["1"],
        "code_challenge": ["h"],
        "code_challenge_method": ["S256"],
    }


@pytest.mark.parametrize(
    "options",
    [
        {"prompt": "maybe"},
        {"response_type": "x"},
        {"scopes": ["a b"]},
        {"scopes": 5},
        {"guild_id": "x"},
        {"permissions": "x"},
        {"integration_type": []},
        {"redirect_uri": 5},
        {"state": "\ud800"},
    ],
)
def test_an_address_that_discord_would_not_understand(options: dict[str, Any]) -> None:
    with pytest.raises(InvalidArgument):
        authorization_url(5, **options)


def test_a_secret_is_needed(discord: FakeDiscord, rest: Rest) -> None:
    with pytest.raises(InvalidArgument, match="client_secret"):
        rest.revoke_access_token(5, "", token="t")
    with pytest.raises(InvalidArgument, match="code"):
        rest.get_access_token(5, SECRET, code="", redirect_uri="https://x")
    assert discord.requests == []
