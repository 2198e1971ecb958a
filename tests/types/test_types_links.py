"""Links into Discord, in both directions."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import disruption.types as T
from disruption.errors import InvalidArgument
from disruption.types import links
from disruption.types.links import (
    AnyLink,
    ChannelLink,
    EventLink,
    InviteLink,
    MessageLink,
    TemplateLink,
    WebhookLink,
    find_links,
    parse_link,
)

ids = st.integers(0, 2**64 - 1).map(T.Snowflake)
codes = st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9-]{0,30}\Z")
all_links: st.SearchStrategy[AnyLink] = st.one_of(
    st.builds(MessageLink, st.none() | ids, ids, ids),
    st.builds(ChannelLink, st.none() | ids, ids),
    st.builds(InviteLink, codes, st.none() | ids),
    st.builds(TemplateLink, codes),
    st.builds(EventLink, ids, ids),
    st.builds(WebhookLink, ids, st.from_regex(r"\A[A-Za-z0-9_-]{1,80}\Z")),
)


@given(all_links)
def test_what_is_written_is_read(link: AnyLink) -> None:
    url = str(link)
    assert parse_link(url) == link
    assert parse_link(f" <{url}> ") == link
    assert find_links(url) == [link]
    assert parse_link(url.replace("https://discord.com", "http://canary.discordapp.com")) == link


@given(st.lists(all_links))
def test_all_links_of_a_text_are_found(wanted: list[AnyLink]) -> None:
    text = "see " + ", ".join(f"<{link}>" for link in wanted) + "."
    found = find_links(text)
    assert found == wanted
    assert [text[slice(*link.span)] for link in found] == [str(link) for link in wanted]


@pytest.mark.parametrize(
    "host",
    [
        "discord.com",
        "ptb.discord.com",
        "canary.discord.com",
        "www.discord.com",
        "discordapp.com",
        "DISCORD.com",
    ],
)
def test_hosts(host: str) -> None:
    message = MessageLink(T.Snowflake(1), T.Snowflake(2), T.Snowflake(3))
    assert parse_link(f"https://{host}/channels/1/2/3") == message
    assert parse_link(f"https://{host}/channels/1/2/3/?x=y") == message
    assert parse_link(f"https://{host}/invite/abc") == InviteLink("abc")
    assert parse_link(f"https://{host}/template/abc") == TemplateLink("abc")
    assert parse_link(f"https://{host}/events/1/2") == EventLink(T.Snowflake(1), T.Snowflake(2))
    assert parse_link(f"https://{host}/api/v10/webhooks/1/t-o_k") == WebhookLink(
        T.Snowflake(1), "t-o_k"
    )


def test_short_forms() -> None:
    assert parse_link("discord.gg/abc") == InviteLink("abc")
    assert parse_link("https://discord.gg/abc?event=5") == InviteLink("abc", T.Snowflake(5))
    assert parse_link("discord.new/abc") == TemplateLink("abc")
    assert parse_link("https://discord.com/channels/@me/2") == ChannelLink(None, T.Snowflake(2))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://example.com/channels/1/2/3",
        "https://discord.com.example.com/channels/1/2/3",
        "https://notdiscord.gg/abc",
        "https://example.com/discord.gg/abc",
        "https://evil.discord.gg/abc",
        "me@discord.gg/abc",
        "https://discord.com/channels/1",
        "https://discord.com/channels/x/2/3",
        "https://discord.com/channels/1/2/3/4",
        "https://discord.com/channels/1/2/99999999999999999999",
        "https://discord.com/channels/1/2/999999999999999999999999",
        "https://discord.gg/",
        "ftp://discord.gg/abc",
        "https://discord.com/api/webhooks/1",
        "https://discord.com/api/webhooks/1/" + "x" * 201,
    ],
)
def test_what_is_no_link(url: str) -> None:
    with pytest.raises(InvalidArgument, match="no link"):
        parse_link(url)


def test_a_webhooks_token_is_not_shown() -> None:
    link = parse_link("https://discord.com/api/webhooks/1/hunter2")
    assert "hunter2" not in repr(link)
    with pytest.raises(InvalidArgument) as caught:
        links.webhook_link(1, "hunter2/../x")
    assert "hunter2" not in str(caught.value)
    with pytest.raises(InvalidArgument) as caught:
        parse_link("https://discord.com/api/webhooks/x/hunter2")
    assert "hunter2" not in str(caught.value)


def test_entities_have_their_links() -> None:
    message = T.PartialMessage(id=3, channel_id=T.Snowflake(2), guild_id=T.Snowflake(1))
    assert message.jump_url == links.message_link(2, 3, 1)
    assert parse_link(message.jump_url) == MessageLink(
        T.Snowflake(1), T.Snowflake(2), T.Snowflake(3)
    )
    assert T.PartialChannel(id=2).jump_url == links.channel_link(2)
    event = T.convert(T.GuildScheduledEvent, {"id": "2", "guild_id": "1"})
    assert event.url == links.event_link(1, 2)
    assert T.convert(T.Invite, {"code": "abc"}).url == links.invite_link("abc")
    assert T.convert(T.GuildTemplate, {"code": "abc"}).url == links.template_link("abc")
    assert T.PartialGuild(id=1).jump_url == "https://discord.com/channels/1"


@pytest.mark.parametrize(
    "call",
    [
        lambda: links.invite_link("a/b"),
        lambda: links.template_link(""),
        lambda: links.message_link("x", 1),
        lambda: links.webhook_link(1, ""),
    ],
)
def test_what_cannot_be_written(call: Any) -> None:
    with pytest.raises(InvalidArgument):
        call()


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "unit",
    [
        "discord.",
        "https://",
        "discord.gg/",
        "https://discord.com/channels/",
        "discord.com/api/webhooks/1/",
        "www.",
    ],
)
def test_hostile_text_takes_no_longer_than_its_length(unit: str) -> None:
    find_links("discord" + unit * (300_000 // len(unit)))
