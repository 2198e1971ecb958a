"""What channels, threads, their messages and invites can do, against a whole local Discord."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from disruption import Client, File, InvalidArgument, NotFound, Rest
from disruption.local import LocalDiscord
from disruption.types import (
    ChannelType,
    Guild,
    MessageFlags,
    MessageReferenceType,
    OverwriteType,
    PartialChannel,
    Permissions,
    PollAnswer,
    PollCreateRequest,
    PollMedia,
    TextChannel,
    Thread,
)

PATIENCE = 30.0


@pytest.fixture
def rest(local: LocalDiscord) -> Iterator[Rest]:
    """The REST of a bot that may do everything, in a guild with Ann."""
    local.world.user("ann").join("Home")
    bot = local.add_bot("bot")
    with Rest(bot.token, base_url=local.rest_url) as rest:
        yield rest


@pytest.fixture
def channel(local: LocalDiscord, rest: Rest) -> PartialChannel:
    """The channel #general."""
    return rest.get_channel(local.world.channel("#general").id)


@pytest.fixture
def guild(rest: Rest) -> Guild:
    """The guild Home."""
    return rest.get_guild(rest.get_current_user_guilds()[0].id)


# Messages ---------------------------------------------------------------------------------


def test_history_goes_both_ways(channel: PartialChannel) -> None:
    sent = [channel.send(f"text {n}") for n in range(5)]
    newest = [m.content for m in channel.history(limit=3)]
    assert newest == ["text 4", "text 3", "text 2"]
    later = list(channel.history(after=sent[1]))
    assert [m.content for m in later] == ["text 2", "text 3", "text 4"]
    assert later[0].guild_id == channel.guild_id
    around = channel.fetch_around(sent[2], limit=3)
    assert sent[2] in around


def test_messages_are_purged(channel: PartialChannel) -> None:
    sent = [channel.send(f"text {n}") for n in range(6)]
    assert channel.purge(check=lambda m: m.content in ("text 1", "text 2", "text 4")) == 3
    assert [m.content for m in channel.history()] == ["text 5", "text 3", "text 0"]
    assert channel.delete_messages([sent[0], sent[3]]) == 2
    assert [m.content for m in channel.history()] == ["text 5"]


def test_messages_are_pinned(channel: PartialChannel) -> None:
    first, second = channel.send("first"), channel.send("second")
    first.pin(reason="worth it")
    second.pin()
    assert {pin.message.id for pin in channel.pins()} == {first.id, second.id}
    first.unpin()
    assert [pin.message for pin in channel.pins()] == [second]


def test_a_message_is_forwarded(guild: Guild, channel: PartialChannel) -> None:
    other = guild.create_channel("elsewhere")
    sent = channel.send("worth knowing")
    copy = sent.forward(other)
    assert copy.channel_id == other.id
    assert copy.message_reference is not None
    assert copy.message_reference.type == MessageReferenceType.FORWARD
    assert copy.message_snapshots is not None
    assert copy.message_snapshots[0].message.content == "worth knowing"


def test_embeds_are_hidden_and_shown(channel: PartialChannel) -> None:
    sent = channel.send("https://example.com")
    hidden = sent.suppress_embeds()
    assert hidden.flags is not None
    assert hidden.flags & MessageFlags.SUPPRESS_EMBEDS
    assert not (hidden.suppress_embeds(False).flags or 0) & MessageFlags.SUPPRESS_EMBEDS


def test_a_poll_is_ended(channel: PartialChannel) -> None:
    poll = PollCreateRequest(
        question=PollMedia(text="Tea?"),
        answers=[PollAnswer(poll_media=PollMedia(text=text)) for text in ("yes", "no")],
    )
    sent = channel.send(poll=poll)
    assert list(sent.poll_voters(1)) == []
    ended = sent.end_poll()
    assert ended.poll is not None


def test_reactions_come_and_go(local: LocalDiscord, channel: PartialChannel) -> None:
    sent = channel.send("text")
    sent.react("👍")
    sent.react("🎉")
    assert [user.bot for user in sent.reactors("👍")] == [True]
    sent.unreact("👍")
    assert list(sent.reactors("👍")) == []
    sent.clear_reactions("🎉")
    sent.react("👍")
    sent.clear_reactions()
    assert not sent.fetch().reactions


def test_attachments_are_downloaded(
    local: LocalDiscord, channel: PartialChannel, tmp_path: Path
) -> None:
    content = b"some text" * 1000
    sent = channel.send(files=[File(content, filename="a.txt", description="alt")])
    attachment = sent.attachments[0]
    seen: list[int] = []
    assert attachment.read(progress=lambda done, total: seen.append(done)) == content
    assert seen[-1] == len(content)
    assert attachment.save(tmp_path) == tmp_path / "a.txt"
    assert attachment.save(tmp_path) == tmp_path / "a (1).txt"
    with pytest.raises(InvalidArgument, match="already"):
        attachment.save(tmp_path / "a.txt")
    again = channel.send(files=[attachment.to_file()])
    assert again.attachments[0].filename == "a.txt"
    assert again.attachments[0].description == "alt"


def test_attachments_are_kept_in_an_edit(channel: PartialChannel) -> None:
    files = [File(name.encode(), filename=f"{name}.txt") for name in ("a", "b")]
    sent = channel.send(files=files)
    edited = sent.edit(attachments=[sent.attachments[1]])
    assert [a.filename for a in edited.attachments] == ["b.txt"]
    edited = sent.edit(files=[File(b"c", filename="c.txt")], attachments=edited.attachments)
    assert [a.filename for a in edited.attachments] == ["b.txt", "c.txt"]


def test_users_get_direct_messages(local: LocalDiscord, rest: Rest) -> None:
    user = rest.get_user(local.world.user("ann").id)
    sent = user.send("Hello")
    assert sent.content == "Hello"
    assert rest.get_channel(sent.channel_id).type == ChannelType.DM


# Channels ---------------------------------------------------------------------------------


def test_a_channel_is_edited_and_deleted(guild: Guild) -> None:
    made = guild.create_channel("new")
    assert made.edit(topic="t", rate_limit_per_user=5).topic == "t"
    made.delete(reason="done")
    with pytest.raises(NotFound):
        made.fetch()


def test_a_channel_is_cloned(guild: Guild) -> None:
    made = guild.create_channel("original", topic="t", nsfw=True)
    copy = made.clone()
    assert isinstance(copy, TextChannel)
    assert (copy.name, copy.topic, copy.nsfw) == ("original", "t", True)
    assert made.clone("copy").name == "copy"


def test_a_channel_is_moved(guild: Guild) -> None:
    category = guild.create_category("c")
    a, b = (guild.create_channel(name, parent_id=category) for name in "ab")
    b.move(before=a)
    places = {c.id: c.position or 0 for c in guild.fetch_channels()}
    assert places[b.id] < places[a.id]
    a.move(first=True, category=None)
    assert not a.fetch().parent_id


def test_permissions_are_set_and_cleared(
    local: LocalDiscord, rest: Rest, guild: Guild, channel: PartialChannel
) -> None:
    role = guild.create_role("r")
    ann = rest.get_user(local.world.user("ann").id)
    channel.set_permissions(role, allow=Permissions.SEND_MESSAGES, deny=Permissions.ATTACH_FILES)
    channel.set_permissions(ann, deny=Permissions.SEND_MESSAGES)
    found = {o.id: o for o in channel.fetch().permission_overwrites or []}
    assert found[role.id].allow == Permissions.SEND_MESSAGES
    assert found[ann.id].type == OverwriteType.MEMBER
    channel.clear_permissions(role)
    assert role.id not in {o.id for o in channel.fetch().permission_overwrites or []}
    with pytest.raises(InvalidArgument, match="type="):
        channel.set_permissions(role.id, allow=1)


def test_invites_are_made_and_deleted(channel: PartialChannel) -> None:
    invite = channel.create_invite(max_uses=3, reason="party")
    assert invite.url.endswith(invite.code)
    assert invite.code in {each.code for each in channel.fetch_invites()}
    assert invite.fetch(with_counts=True).code == invite.code
    invite.delete()
    with pytest.raises(NotFound):
        invite.fetch()


def test_webhooks_are_made_used_and_deleted(channel: PartialChannel) -> None:
    webhook = channel.create_webhook("hook")
    sent = webhook.send("Hello", username="somebody")
    assert sent.webhook_id == webhook.id
    assert webhook.edit_message(sent, "Bye").content == "Bye"
    assert webhook.fetch_message(sent).content == "Bye"
    webhook.delete_message(sent)
    assert webhook.edit(name="other").name == "other"
    assert [each.id for each in channel.fetch_webhooks()] == [webhook.id]
    webhook.delete(reason="done")
    assert channel.fetch_webhooks() == []


# Threads ----------------------------------------------------------------------------------


def test_threads_are_started_used_and_archived(
    local: LocalDiscord, channel: PartialChannel
) -> None:
    thread = channel.create_thread("talk")
    assert isinstance(thread, Thread)
    assert thread.type == ChannelType.PUBLIC_THREAD
    thread.send("Hello")
    ann = int(local.world.user("ann").id)
    thread.add_member(ann)
    assert ann in {member.user_id for member in thread.thread_members()}
    thread.remove_member(ann)
    thread.leave()
    thread.join()
    thread.archive(lock=True)
    assert [each.id for each in channel.archived_threads()] == [thread.id]
    opened = thread.unarchive()
    assert opened.thread_metadata is not None
    assert not opened.thread_metadata.archived


def test_a_message_starts_a_thread(channel: PartialChannel) -> None:
    sent = channel.send("text")
    assert sent.create_thread("talk").id == sent.id
    assert channel.create_thread("secret", private=True).type == ChannelType.PRIVATE_THREAD


def test_a_forum_gets_posts(guild: Guild) -> None:
    forum = guild.create_forum("f")
    thread, first = forum.create_post("title", "text")
    assert thread.parent_id == forum.id
    assert first is not None
    assert first.content == "text"


# Later ------------------------------------------------------------------------------------


def test_a_message_is_deleted_after_its_time(local: LocalDiscord) -> None:
    bot = local.add_bot("bot")
    gone = threading.Event()
    deleted: list[int] = []

    client = Client(token=bot.token, rest_url=local.rest_url)

    from disruption import MessageDelete

    @client.on(MessageDelete)
    def watch(event: MessageDelete) -> None:
        deleted.append(event.id)
        gone.set()

    with client:
        sent = client.channel(local.world.channel("#general").id).send("x", delete_after=0.05)
        assert gone.wait(PATIENCE)
    assert deleted == [sent.id]


def test_what_is_submitted_for_later_can_be_cancelled(local: LocalDiscord) -> None:
    bot = local.add_bot("bot")
    ran = threading.Event()
    with Client(token=bot.token, rest_url=local.rest_url) as client:
        late = client.submit_later(3600, ran.set)
        client.submit_later(0, ran.set)
        assert ran.wait(PATIENCE)
        assert late.cancel()
