"""The world: what its operations do, refuse and announce."""

from __future__ import annotations

import json
import threading

import pytest

from disruption.local import Clock, World, WorldError
from disruption.local.world import store
from disruption.local.world.events import to_json

START = 1_767_225_600.0


class Home:
    """A world with a guild, a channel, two people and a bot, and what it announces from now on."""

    def __init__(self) -> None:
        self.clock = Clock(START, running=False)
        self.world = World(self.clock)
        world = self.world
        self.ann = world.users.create("ann")["id"]
        self.bob = world.users.create("bob")["id"]
        self.guild = world.guilds.create("Home", self.ann)["id"]
        self.channel = world.channels.create(self.guild, "general")["id"]
        world.members.add(self.guild, self.bob)
        self.bot = world.applications.create_bot("bot")["id"]
        world.members.add(self.guild, self.bot)
        self.events: list = []
        world.subscribe(self.events.append)

    def say(self, text="hello", author=None, **fields):
        return self.world.messages.create(self.channel, author or self.ann, text, **fields)

    def names(self):
        return [event.name for event in self.events]


@pytest.fixture
def home():
    return Home()


@pytest.fixture
def world(home):
    return home.world


def refused(code):
    class Refused:
        def __enter__(self):
            self.context = pytest.raises(WorldError)
            self.raised = self.context.__enter__()
            return self.raised

        def __exit__(self, *details):
            result = self.context.__exit__(*details)
            assert self.raised.value.code == code
            return result

    return Refused()


def test_two_worlds_with_one_seed_are_alike():
    first, second = Home(), Home()
    assert first.say() == second.say()
    tokens = [home.world.applications.token(home.bot) for home in (first, second)]
    assert tokens[0] == tokens[1]


def test_ids_grow_and_tell_the_time(home, world):
    ids = [int(world.ids.next()) for _ in range(10_000)]
    assert ids == sorted(set(ids))
    home.clock.advance(60)
    late = int(world.ids.next())
    assert late > ids[-1]
    assert abs(((late >> 22) + 1_420_070_400_000) / 1000 - (START + 60)) < 1


def test_time_moves_forward_only(home):
    with pytest.raises(ValueError, match="forward"):
        home.clock.advance(-1)


def test_tokens_say_whose_they_are(home, world):
    token = world.applications.token(home.bot)
    account = world.authenticate(token)
    assert account == world.authenticate(f"Bot {token}")
    assert account.is_bot
    assert account.user_id == account.application_id == home.bot
    person = world.authenticate(world.users.token(home.ann))
    assert not person.is_bot
    assert person.user_id == home.ann
    assert world.authenticate("nonsense") is None
    world.applications.reset_token(home.bot)
    assert world.authenticate(token) is None


def test_users_are_found_by_their_present_name(world, tmp_path):
    zoe = world.users.create("zoe")["id"]
    world.users.create("zoe")
    assert (world.users.find("zoe"), world.users.find(zoe)) == (zoe, zoe)
    world.users.update(zoe, {"username": "zoey"})
    assert world.users.find("zoey") == zoe
    assert world.users.find("zoe") not in (zoe, None)
    store.save(world, tmp_path / "world.json")
    again = World(Clock())
    store.load(again, tmp_path / "world.json")
    assert again.users.find("zoey") == zoe
    assert again.users.find("nobody") is None


def test_privileged_intents_are_switches(home, world):
    assert world.applications.allowed_intents(home.bot) == 1 << 1 | 1 << 8 | 1 << 15
    world.applications.set_intents(home.bot, ["MESSAGE_CONTENT"])
    assert world.applications.allowed_intents(home.bot) == 1 << 15
    with pytest.raises(ValueError, match="GUILDS"):
        world.applications.create_bot("other", privileged=["GUILDS"])


def test_what_is_returned_is_the_callers(home, world):
    message = home.say()
    message["author"]["username"] = "changed"
    assert world.messages.get(home.channel, message["id"])["author"]["username"] == "ann"


def test_a_message_is_announced_as_it_was(home, world):
    message = home.say()
    world.messages.edit(home.channel, message["id"], {"content": "later"})
    assert [event.data["content"] for event in home.events] == ["hello", "later"]
    assert home.events[1].data["edited_timestamp"] is not None


def test_a_reply_shows_what_it_answers_and_pings_its_author(home, world):
    first = home.say("question")
    answer = home.say("answer", home.bob, reference={"message_id": first["id"]})
    assert answer["type"] == 19
    assert answer["referenced_message"]["content"] == "question"
    assert answer["message_reference"]["guild_id"] == home.guild
    assert [user["id"] for user in answer["mentions"]] == [home.ann]
    silent = home.say("x", reference={"message_id": first["id"]}, allowed_mentions={"parse": []})
    assert silent["mentions"] == []


def test_a_reply_to_nothing_is_refused_unless_it_need_not_exist(home):
    with refused(50035) as error:
        home.say(reference={"message_id": "1"})
    code = error.value.errors["message_reference"]["_errors"][0]["code"]
    assert code == "REPLIES_UNKNOWN_MESSAGE"
    assert home.say(reference={"message_id": "1", "fail_if_not_exists": False})["type"] == 0


def test_a_forward_carries_a_snapshot(home):
    first = home.say("news")
    forward = home.say("", reference={"type": 1, "message_id": first["id"]})
    assert forward["message_snapshots"][0]["message"]["content"] == "news"
    assert "referenced_message" not in forward


def test_mentions_follow_allowed_mentions(home, world):
    role = world.roles.create(home.guild, name="crew")["id"]
    text = f"<@{home.bob}> <@&{role}> @everyone `<@{home.ann}>`"
    free = home.say(text)
    assert [user["id"] for user in free["mentions"]] == [home.bob]
    assert free["mention_roles"] == [role]
    assert free["mention_everyone"] is True
    shut = home.say(text, allowed_mentions={"parse": []})
    assert (shut["mentions"], shut["mention_roles"], shut["mention_everyone"]) == ([], [], False)
    some = home.say(text, allowed_mentions={"parse": ["everyone"], "users": [home.bob]})
    assert [user["id"] for user in some["mentions"]] == [home.bob]
    assert some["mention_roles"] == []
    assert some["mention_everyone"] is True


def test_an_enforced_nonce_sends_once(home, world):
    first = home.say("once", nonce="n1", enforce_nonce=True)
    again = home.say("once", nonce="n1", enforce_nonce=True)
    other = home.say("once", home.bob, nonce="n1", enforce_nonce=True)
    assert first["id"] == again["id"] != other["id"]
    assert home.events[0].data["nonce"] == "n1"
    assert home.names() == ["MESSAGE_CREATE", "MESSAGE_CREATE"]
    home.clock.advance(301)
    assert home.say("once", nonce="n1", enforce_nonce=True)["id"] != first["id"]


def test_history_pages_in_every_direction(home, world):
    ids = [home.say(str(number))["id"] for number in range(10)]

    def page(**options):
        return [ids.index(item["id"]) for item in world.messages.list(home.channel, **options)]

    assert page(limit=3) == [9, 8, 7]
    assert page(limit=3, before=ids[4]) == [3, 2, 1]
    assert page(limit=3, after=ids[4]) == [7, 6, 5]
    assert page(limit=4, around=ids[5]) == [6, 5, 4, 3]
    assert page(limit=5, before=ids[0]) == []
    assert page(limit=5, around=ids[0]) == [2, 1, 0]


def test_bulk_delete_has_its_rules(home, world):
    ids = [home.say(str(number))["id"] for number in range(3)]
    for wrong in (ids[:1], [str(number) for number in range(101)]):
        with refused(50016):
            world.messages.bulk_delete(home.channel, wrong)
    world.messages.bulk_delete(home.channel, [*ids[:2], str(int(ids[2]) + 1)])
    assert home.events[-1].name == "MESSAGE_DELETE_BULK"
    assert home.events[-1].data["ids"] == ids[:2]
    home.clock.advance(15 * 86400)
    with refused(50034):
        world.messages.bulk_delete(home.channel, [ids[2], home.say()["id"]])


def test_pins_are_told_in_the_channel(home, world):
    ids = [home.say(str(number))["id"] for number in range(2)]
    for message_id in ids:
        world.messages.pin(home.channel, message_id, home.ann)
        home.clock.advance(1)
    assert [item["message"]["id"] for item in world.messages.pins(home.channel)] == ids[::-1]
    assert "CHANNEL_PINS_UPDATE" in home.names()
    assert world.messages.list(home.channel, limit=1)[0]["type"] == 6
    world.messages.unpin(home.channel, ids[0])
    assert len(world.messages.pins(home.channel)) == 1


def test_reactions_count_and_know_the_viewer(home, world):
    message = home.say()["id"]
    for user in (home.ann, home.bob, home.bob):
        world.reactions.add(home.channel, message, user, "👍")
    seen = world.messages.get(home.channel, message, home.ann)["reactions"][0]
    assert (seen["count"], seen["me"], seen["emoji"]) == (2, True, {"id": None, "name": "👍"})
    assert world.messages.get(home.channel, message, home.bot)["reactions"][0]["me"] is False
    users = world.reactions.users(home.channel, message, "👍", limit=1)
    assert [user["id"] for user in users] == [home.ann]
    rest = world.reactions.users(home.channel, message, "👍", after=home.ann)
    assert [user["id"] for user in rest] == [home.bob]
    world.reactions.remove(home.channel, message, home.bob, "👍")
    world.reactions.clear(home.channel, message)
    assert "reactions" not in world.messages.get(home.channel, message)
    assert home.names().count("MESSAGE_REACTION_ADD") == 2


@pytest.mark.parametrize("emoji", ["", "thumbs", "a:b:c", ":1"])
def test_what_is_no_emoji_is_refused(home, world, emoji):
    message = home.say()["id"]
    with refused(10014):
        world.reactions.add(home.channel, message, home.ann, emoji)


def test_a_message_takes_twenty_emojis(home, world):
    message = home.say()["id"]
    for number in range(20):
        world.reactions.add(home.channel, message, home.ann, f"e:{number + 1}")
    with refused(30010):
        world.reactions.add(home.channel, message, home.ann, "👍")


def test_components_get_ids(home):
    button = {"type": 2, "style": 1, "custom_id": "x", "id": 2}
    row = home.say(components=[{"type": 1, "components": [button, dict(button, id=0)]}])
    row = row["components"][0]
    assert (row["id"], [item["id"] for item in row["components"]]) == (1, [2, 3])


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("guilds", 10004),
        ("users", 10013),
        ("channels", 10003),
        ("webhooks", 10015),
        ("applications", 10002),
    ],
)
def test_what_is_not_there_is_unknown(world, kind, code):
    with refused(code) as error:
        getattr(world, kind).get("1")
    assert error.value.status == 404


def test_guild_create_has_all_that_the_strictest_client_demands(home, world):
    guild = world.guilds.create_payload(home.guild, home.bot)
    demanded = """id name icon description splash features banner owner_id application_id
        afk_channel_id afk_timeout system_channel_id system_channel_flags verification_level
        default_message_notifications mfa_level explicit_content_filter vanity_url_code
        premium_tier preferred_locale rules_channel_id public_updates_channel_id nsfw_level emojis
        stickers roles voice_states presences threads channels members large unavailable
        member_count joined_at stage_instances guild_scheduled_events soundboard_sounds"""
    assert set(demanded.split()) <= guild.keys()
    roles = "id name permissions position color colors hoist managed mentionable flags"
    assert set(roles.split()) <= guild["roles"][0].keys()
    channel = "id type position permission_overwrites topic name nsfw parent_id"
    assert set(channel.split()) <= guild["channels"][0].keys()
    assert {"user", "roles", "joined_at", "flags", "deaf", "mute"} <= guild["members"][0].keys()


def test_a_voice_channel_has_bitrate_and_limit(home, world):
    voice = world.channels.create(home.guild, "Lounge", 2)
    assert (voice["bitrate"], voice["user_limit"]) == (64000, 0)
    assert {"available_tags", "default_forum_layout"} <= world.channels.create(
        home.guild, "forum", 15
    ).keys()


def test_permissions_are_computed_as_documented(home, world):
    permissions = world.permissions
    send, view = 1 << 11, 1 << 10
    assert permissions.in_channel(home.channel, home.bob) & send
    deny = {"id": home.guild, "type": 0, "allow": "0", "deny": str(send)}
    role = world.roles.create(home.guild, permissions="0")["id"]
    allow = {"id": role, "type": 0, "allow": str(send), "deny": "0"}
    world.channels.update(home.channel, {"permission_overwrites": [deny, allow]})
    assert not permissions.in_channel(home.channel, home.bob) & send
    world.members.give_role(home.guild, home.bob, role)
    assert permissions.in_channel(home.channel, home.bob) & send
    world.channels.set_overwrite(home.channel, home.bob, type=1, allow="0", deny=str(view))
    assert permissions.in_channel(home.channel, home.bob) == 0
    assert permissions.in_channel(home.channel, home.ann) & view  # the owner sees everything
    with refused(50001):
        permissions.require(home.bob, home.channel)


def test_roles_have_an_order(home, world):
    low = world.roles.create(home.guild, name="low")["id"]
    high = world.roles.create(home.guild, name="high")["id"]
    assert world.roles.get(home.guild, low)["position"] > 1
    world.roles.move(home.guild, {low: 3, high: 1})
    world.members.give_role(home.guild, home.bob, low)
    carl = world.users.create("carl")["id"]
    world.members.add(home.guild, carl, roles=[high])
    world.permissions.require_above(home.bob, home.guild, carl)
    with refused(50013):
        world.permissions.require_above(carl, home.guild, home.bob)
    with refused(50013):
        world.permissions.require_above(home.bob, home.guild, home.ann)
    with refused(50013):
        world.permissions.require_above_role(carl, home.guild, low)


def test_a_role_has_color_and_colors(home, world):
    role = world.roles.create(home.guild, colors={"primary_color": 7})
    assert role["color"] == role["colors"]["primary_color"] == 7
    role = world.roles.update(home.guild, role["id"], {"color": 9})
    assert role["color"] == role["colors"]["primary_color"] == 9


def test_a_timeout_leaves_reading_and_ends(home, world):
    until = "2026-01-01T00:01:00+00:00"
    world.members.update(home.guild, home.bob, {"communication_disabled_until": until})
    assert world.permissions.in_channel(home.channel, home.bob) == 1 << 10 | 1 << 16
    home.clock.advance(61)
    assert world.permissions.in_channel(home.channel, home.bob) & 1 << 11


def test_the_everyone_role_and_a_bots_role_stay(home, world):
    managed = world.members.get(home.guild, home.bot)["roles"][0]
    for role in (home.guild, managed):
        with refused(50028):
            world.roles.delete(home.guild, role)
    world.members.remove(home.guild, home.bot)
    with refused(10011):
        world.roles.get(home.guild, managed)


def test_a_ban_removes_and_keeps_out(home, world):
    world.members.ban(home.guild, home.bob, reason="why not")
    assert home.names() == ["GUILD_MEMBER_REMOVE", "GUILD_DELETE", "GUILD_BAN_ADD"]
    assert world.members.bans(home.guild)[0]["reason"] == "why not"
    with refused(40007):
        world.members.add(home.guild, home.bob)
    world.members.unban(home.guild, home.bob)
    with refused(10026):
        world.members.unban(home.guild, home.bob)
    world.members.add(home.guild, home.bob)


def test_deleting_a_category_keeps_its_channels(home, world):
    category = world.channels.create(home.guild, "Rooms", 4)["id"]
    room = world.channels.create(home.guild, "room", parent_id=category)["id"]
    world.channels.delete(category)
    assert world.channels.get(room)["parent_id"] is None


def test_deleting_a_channel_takes_messages_webhooks_and_threads(home, world):
    message = home.say()["id"]
    hook = world.webhooks.create(home.channel, "hook", home.bot)["id"]
    thread = world.threads.create(home.channel, home.ann, "talk", message_id=message)["id"]
    assert thread == message
    world.channels.delete(home.channel)
    for kind, identity in (("webhooks", hook), ("channels", thread), ("channels", home.channel)):
        with pytest.raises(WorldError):
            getattr(world, kind).get(identity)


def test_a_thread_takes_in_who_speaks_and_wakes(home, world):
    thread = world.threads.create(home.channel, home.ann, "talk")["id"]
    world.messages.create(thread, home.bob, "hello")
    assert {item["user_id"] for item in world.threads.members(thread)} == {home.ann, home.bob}
    world.channels.update(thread, {"archived": True})
    assert world.threads.is_archived(thread)
    world.messages.create(thread, home.bob, "still here")
    assert not world.threads.is_archived(thread)
    world.channels.update(thread, {"locked": True})
    with refused(160005):
        world.messages.create(thread, home.bob, "?")


def test_a_private_thread_is_for_those_in_it(home, world):
    thread = world.threads.create(home.channel, home.ann, "secret", type=12)["id"]
    assert not world.permissions.sees(thread, home.bob)
    told = []
    world.subscribe(told.append)
    world.threads.join(thread, home.bob)
    assert world.permissions.sees(thread, home.bob)
    assert told[0].name == "THREAD_CREATE"
    assert told[0].user_ids == {home.bob}
    assert told[0].data["member"]["user_id"] == home.bob


def test_direct_messages_are_found_again(home, world):
    first = world.channels.dm(home.ann, home.bot)
    again = world.channels.dm(home.bot, home.ann)
    assert first["id"] == again["id"]
    assert [user["id"] for user in first["recipients"]] == [home.bot]
    assert [user["id"] for user in again["recipients"]] == [home.ann]
    with refused(50007):
        world.channels.dm(home.ann, home.ann)


def test_webhooks_ask_for_their_token(home, world):
    hook = world.webhooks.create(home.channel, "hook", home.bot)
    assert "user" not in world.webhooks.get(hook["id"], hook["token"])
    with refused(50027):
        world.webhooks.get(hook["id"], "wrong")
    author = world.webhooks.author(hook["id"], "Captain")
    message = world.messages.create(home.channel, hook["id"], "ahoy", webhook_author=author)
    assert (message["webhook_id"], message["author"]["username"]) == (hook["id"], "Captain")


def test_commands_are_replaced_by_name(home, world):
    command, new = world.commands.create(home.bot, {"name": "a", "description": "x"})
    same, again = world.commands.create(home.bot, {"name": "a", "description": "x"})
    assert (new, again) == (True, False)
    assert same == command
    changed, _ = world.commands.create(home.bot, {"name": "a", "description": "y"})
    assert changed["id"] == command["id"]
    assert changed["version"] != command["version"]
    world.commands.overwrite(home.bot, [{"name": "b", "description": "z"}])
    assert [item["name"] for item in world.commands.list(home.bot)] == ["b"]


@pytest.fixture
def interaction(home, world):
    data = {"id": "1", "name": "roll", "type": 1}
    return world.interactions.create(home.bot, home.ann, home.channel, 2, data)


def test_an_answer_is_a_message_that_says_whose_it_is(home, world, interaction):
    answer = world.interactions.respond(interaction.id, interaction.token, 4, {"content": "6"})
    message = answer["resource"]["message"]
    assert message["type"] == 20
    assert message["interaction_metadata"]["user"]["id"] == home.ann
    assert message["application_id"] == home.bot
    assert answer["interaction"]["response_message_id"] == message["id"]
    assert world.interactions.original(home.bot, interaction.token)["content"] == "6"
    follow_up = world.interactions.follow_up(home.bot, interaction.token, content="and 5")
    edited = world.interactions.edit_message(
        home.bot, interaction.token, follow_up["id"], {"content": "and 4"}
    )
    assert edited["content"] == "and 4"
    world.interactions.delete_original(home.bot, interaction.token)
    with refused(10008):
        world.interactions.original(home.bot, interaction.token)


def test_an_interaction_is_answered_once_and_within_three_seconds(home, world, interaction):
    with refused(10062):
        world.interactions.respond(interaction.id, "wrong", 4, {"content": "x"})
    with refused(50035):
        world.interactions.respond(interaction.id, interaction.token, 8, {})
    world.interactions.respond(interaction.id, interaction.token, 4, {"content": "x"})
    with refused(40060):
        world.interactions.respond(interaction.id, interaction.token, 4, {"content": "x"})
    late = world.interactions.create(home.bot, home.ann, home.channel, 2, interaction.data)
    home.clock.advance(3.1)
    with refused(10062):
        world.interactions.respond(late.id, late.token, 4, {"content": "x"})


def test_a_token_lives_fifteen_minutes(home, world, interaction):
    world.interactions.respond(interaction.id, interaction.token, 4, {"content": "x"})
    home.clock.advance(899)
    world.interactions.follow_up(home.bot, interaction.token, content="y")
    home.clock.advance(2)
    with refused(50027):
        world.interactions.follow_up(home.bot, interaction.token, content="z")


def test_a_deferred_answer_is_completed_by_the_first_follow_up(home, world, interaction):
    world.interactions.respond(interaction.id, interaction.token, 5, {"flags": 64})
    assert world.interactions.original(home.bot, interaction.token)["flags"] == 64 | 128
    done = world.interactions.follow_up(home.bot, interaction.token, content="done")
    assert done["id"] == world.interactions.original(home.bot, interaction.token)["id"]
    assert (done["flags"], done["edited_timestamp"]) == (64, None)
    second = world.interactions.follow_up(home.bot, interaction.token, content="more")
    assert second["id"] != done["id"]


def test_an_ephemeral_message_is_for_one_user_only(home, world, interaction):
    answer = {"content": "psst", "flags": 64}
    world.interactions.respond(interaction.id, interaction.token, 4, answer)
    assert world.messages.list(home.channel) == []
    mine = world.messages.list(home.channel, viewer_id=home.ann, ephemeral=True)
    assert [message["content"] for message in mine] == ["psst"]
    assert home.events[-1].user_ids == {home.ann}


def test_a_component_can_change_its_message(home, world):
    message = home.say("choose", home.bot)["id"]
    data = {"custom_id": "x", "component_type": 2}
    press = world.interactions.create(home.bot, home.ann, home.channel, 3, data, message_id=message)
    assert world.interactions.payload(press)["message"]["id"] == message
    world.interactions.respond(press.id, press.token, 7, {"content": "chosen", "components": []})
    assert world.messages.get(home.channel, message)["content"] == "chosen"
    assert world.interactions.original(home.bot, press.token)["id"] == message


def test_events_are_announced_in_the_order_of_ids_under_load(home, world):
    def talk():
        for _ in range(200):
            home.say()

    threads = [threading.Thread(target=talk) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ids = [int(event.data["id"]) for event in home.events]
    assert len(ids) == 800
    assert ids == sorted(ids)


def test_wait_until_wakes_at_a_change(home, world):
    thread = threading.Thread(target=home.say)
    thread.start()
    assert world.wait_until(lambda: home.names() == ["MESSAGE_CREATE"], 10)
    thread.join()
    assert not world.wait_until(lambda: False, 0.01)


def test_a_listener_that_ended_hears_nothing(home, world):
    heard = []
    end = world.subscribe(heard.append)
    end()
    end()
    home.say()
    assert heard == []


def test_json_takes_what_utf8_does_not():
    assert json.loads(to_json({"a": "\ud800", "b": "é"})) == {"a": "\ud800", "b": "é"}
    assert to_json({"b": "é"}) == '{"b":"é"}'.encode()


def test_errors_pickle_and_say_everything():
    import pickle

    error = WorldError(404, 10003, "Unknown Channel", {"a": 1})
    again = pickle.loads(pickle.dumps(error))
    assert (again.status, again.code, again.message, again.errors) == (
        404,
        10003,
        "Unknown Channel",
        {"a": 1},
    )
    assert "10003" in str(error)
