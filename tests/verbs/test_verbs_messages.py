"""What messages, channels and guilds can do, against a whole local Discord."""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterator

import pytest

from disruption import (
    Embed,
    File,
    Forbidden,
    InvalidArgument,
    Message,
    MessageCreate,
    NotFound,
    Rest,
    Unbound,
)
from disruption.local import LocalDiscord
from disruption.rest.typing import Typing
from disruption.types import PartialChannel


@pytest.fixture
def channel(local: LocalDiscord) -> Iterator[PartialChannel]:
    """The channel #general as a bot's REST sees it."""
    bot = local.add_bot("bot")
    with Rest(bot.token, base_url=local.rest_url) as rest:
        yield rest.get_channel(local.world.channel("#general").id)


def test_send_returns_the_message_and_everybody_sees_it(
    local: LocalDiscord, channel: PartialChannel
) -> None:
    sent = channel.send("Hello", embeds=[Embed(title="A title")])

    assert isinstance(sent, Message)
    assert sent.embeds[0].title == "A title"
    local.world.channel("#general").expect("Hello")


def test_say_is_send(local: LocalDiscord, channel: PartialChannel) -> None:
    channel.say("Hello")

    local.world.channel("#general").expect("Hello")


def test_send_uploads_files(channel: PartialChannel) -> None:
    file = File(io.BytesIO(b"some text"), filename="a.txt")

    sent = channel.send(files=[file])

    assert [(a.filename, a.size) for a in sent.attachments] == [("a.txt", 9)]


def test_reply_refers_to_the_message_and_knows_its_guild(
    local: LocalDiscord, channel: PartialChannel
) -> None:
    question = local.world.user("ann").say("#general", "Anyone?")

    answer = channel.message(int(question.id)).reply("Me")

    assert answer.message_reference is not None
    assert answer.message_reference.message_id == int(question.id)
    assert answer.guild_id == channel.guild_id
    assert f"/{channel.guild_id}/{channel.id}/{answer.id}" in answer.jump_url
    assert "guild_id" not in answer.to_dict()


def test_reply_to_a_deleted_message_is_sent_without_it(
    local: LocalDiscord, channel: PartialChannel
) -> None:
    ann = local.world.user("ann")
    question = ann.say("#general", "Anyone?")
    ann.delete(question)

    channel.message(int(question.id)).reply("Too late")

    local.world.channel("#general").expect("Too late")


def test_edit_changes_what_is_given_and_keeps_the_rest(channel: PartialChannel) -> None:
    sent = channel.send("One", embeds=[Embed(title="Kept")])

    edited = sent.edit("Two")

    assert edited.content == "Two"
    assert edited.embeds[0].title == "Kept"
    assert sent.edit(embeds=None).embeds == []


def test_delete_makes_fetch_raise(channel: PartialChannel) -> None:
    sent = channel.send("Soon gone")

    sent.delete(reason="tidy up")

    with pytest.raises(NotFound):
        sent.fetch()


@pytest.mark.parametrize("emoji", ["👍", "❤️"])
def test_react_and_unreact(channel: PartialChannel, emoji: str) -> None:
    sent = channel.send("React to me")

    sent.react(emoji)
    [reaction] = sent.fetch().reactions or []
    assert (reaction.emoji.name, reaction.me) == (emoji, True)

    sent.unreact(emoji)
    assert not sent.fetch().reactions


def test_a_refused_verb_raises_with_discords_words(
    local: LocalDiscord, channel: PartialChannel
) -> None:
    message = local.world.user("ann").say("#general", "Mine")

    with pytest.raises(Forbidden) as caught:
        channel.message(int(message.id)).edit("Yours")

    assert caught.value.code == 50005


def test_nothing_is_sent_for_an_empty_message(local: LocalDiscord, channel: PartialChannel) -> None:
    before = len(local.world.channel("#general").history())

    with pytest.raises(InvalidArgument):
        channel.send()

    assert len(local.world.channel("#general").history()) == before


def test_verbs_of_an_object_nobody_received_say_what_to_do() -> None:
    with pytest.raises(Unbound, match=r"client\.bind"):
        PartialChannel(id=1).send("Hello")


def test_a_pickled_message_has_no_verbs_until_it_is_bound(channel: PartialChannel) -> None:
    sent = channel.send("Hello")
    api = sent._api
    copy = pickle.loads(pickle.dumps(sent))

    with pytest.raises(Unbound):
        copy.delete()
    assert api is not None
    api.rest.bind(copy).delete()


def test_typing_shows_at_once_and_again_while_a_block_runs(
    local: LocalDiscord, channel: PartialChannel
) -> None:
    def shown() -> int:
        return sum(1 for line in local.requests if line.route.endswith("/typing"))

    with channel.typing():
        assert shown() == 1
    with Typing(channel._bound().rest, channel.id, every=0.01):
        assert local.world.wait_until(lambda: shown() >= 4, 30)


def test_the_users_of_a_message_have_names_and_a_channel(
    local: LocalDiscord, channel: PartialChannel
) -> None:
    local.world.user("ann").say("#general", "Hi")
    [message] = channel._bound().rest.get_channel_messages(channel.id, limit=1)

    assert message.author.display_name == "ann"
    assert message.author.mention == f"<@{message.author.id}>"
    assert message.channel == channel
    assert message.channel.mention == f"<#{channel.id}>"
    assert message.author.fetch() == message.author


def test_events_equal_the_objects_they_carry(channel: PartialChannel) -> None:
    sent = channel.send("Hello")
    event = MessageCreate.from_dict(sent.to_dict())

    assert event == sent
    assert hash(event) == hash(sent)
    assert {event, sent} == {sent}
