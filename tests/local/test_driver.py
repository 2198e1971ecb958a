"""Playing users, and waiting for answers."""

from __future__ import annotations

import re
import threading

import pytest

from disruption.local import Clock, ExpectationFailed, World, WorldError
from disruption.local.driver import DriverError


class Stage:
    """A world with a bot whose lines the tests speak."""

    def __init__(self) -> None:
        self.world = World(Clock(1_767_225_600, running=False))
        admin = self.world.users.create("admin")["id"]
        self.guild = self.world.guilds.create("Home", admin)["id"]
        self.channel = self.world.channels.create(self.guild, "general")["id"]
        self.bot = self.world.applications.create_bot("bot")["id"]
        self.world.members.add(self.guild, self.bot)
        self.ann = self.world.user("ann")
        self.general = self.world.channel("#general")

    def answer(self, text, **fields):
        return self.world.messages.create(self.channel, self.bot, text, **fields)

    def respond(self, view, kind, data=None):
        answer = self.world.interactions.respond(view.id, view.record.token, kind, data)
        self.world.interactions.settle(view.id)
        return answer

    def press(self, name, components):
        self.answer("choose", components=components)
        return self.ann.click(self.general.expect("choose"), name)


@pytest.fixture
def stage():
    return Stage()


def row(*components):
    return [{"type": 1, "components": list(components)}]


def test_a_person_is_made_when_first_named(stage):
    assert stage.ann.name == "ann"
    assert stage.world.user("ann").id == stage.ann.id
    assert stage.ann.id in stage.world.guilds.state(stage.guild).members


def test_expect_finds_what_was_said_before(stage):
    stage.ann.say("#general", "Pong!")  # a person's words do not count
    stage.answer("Pong!")
    assert stage.general.expect("Pong!").author == "bot"


def test_expect_waits(stage):
    thread = threading.Thread(target=stage.answer, args=("late",))
    thread.start()
    assert stage.general.expect("late", timeout=10).content == "late"
    thread.join()


def test_expect_takes_patterns_and_predicates(stage):
    stage.answer("You rolled 6")
    assert stage.general.expect(re.compile(r"rolled \d")).content == "You rolled 6"
    stage.answer("", embeds=[{"title": "Result"}])
    found = stage.general.expect(lambda message: bool(message["embeds"]))
    assert found.embeds[0]["title"] == "Result"


def test_each_expectation_goes_on_after_the_last(stage):
    stage.answer("one")
    stage.answer("two")
    stage.general.expect("two")
    with pytest.raises(ExpectationFailed):
        stage.general.expect("one", timeout=0.01)


def test_an_edit_counts_and_a_pin_does_not(stage):
    message = stage.answer("working")
    stage.general.expect("working")
    stage.world.messages.pin(stage.channel, message["id"], stage.ann.id)
    with pytest.raises(ExpectationFailed):
        stage.general.expect("working", timeout=0.01)
    stage.world.messages.edit(stage.channel, message["id"], {"content": "done"})
    assert stage.general.expect("done").id == message["id"]


def test_a_failure_tells_what_came_instead(stage):
    stage.ann.say("#general", "!ping")
    stage.answer("Pang!", embeds=[{}])
    with pytest.raises(AssertionError) as failure:
        stage.general.expect("Pong!", timeout=0.01)
    text = str(failure.value)
    assert "No bot said 'Pong!' in #general within 0.01 s." in text
    assert "ann: '!ping'" in text
    assert "bot: 'Pang!', 1 embeds" in text


def test_expect_nothing(stage):
    stage.ann.say("#general", "hello")
    stage.general.expect_nothing(timeout=0.01)
    stage.answer("hello?")
    with pytest.raises(ExpectationFailed, match="A bot spoke"):
        stage.general.expect_nothing(timeout=0.01)


def test_messages_and_history(stage):
    stage.ann.say("#general", "one")
    stage.answer("two")
    assert [message.content for message in stage.general.messages] == ["one", "two"]
    assert [message["content"] for message in stage.general.history(1)] == ["two"]


def test_an_own_message_can_be_edited_and_deleted(stage):
    message = stage.ann.say("#general", "helo")
    stage.ann.edit(message, "hello")
    assert message.content == "hello"
    with pytest.raises(DriverError, match="only their own"):
        stage.world.user("carl").edit(message, "mine now")
    with pytest.raises(WorldError):
        stage.world.user("carl").delete(message)
    stage.ann.delete(message)
    assert not message.exists


def test_reactions(stage):
    message = stage.ann.say("#general", "hello")
    stage.ann.react(message, "👍")
    stage.world.user("carl").react(message, "👍")
    assert message.reactions == {"👍": 2}
    stage.ann.unreact(message, "👍")
    assert message.reactions == {"👍": 1}


def test_a_reply(stage):
    first = stage.ann.say("#general", "hello")
    second = stage.ann.say("#general", "me again", reply_to=first)
    assert second.data["referenced_message"]["content"] == "hello"


def test_direct_messages(stage):
    direct = stage.ann.dm("bot", "psst")
    stage.world.messages.create(direct.id, stage.bot, "yes?")
    assert direct.expect("yes?").content == "yes?"
    with pytest.raises(DriverError, match="nobody"):
        stage.ann.dm("nobody here")


def test_permissions_hold_for_people(stage):
    stage.world.channels.set_overwrite(
        stage.channel, stage.guild, type=0, allow="0", deny=str(1 << 11)
    )
    with pytest.raises(WorldError) as refused:
        stage.ann.say("#general", "may I?")
    assert refused.value.code == 50013


def test_unknown_names_are_told_with_what_there_is(stage):
    with pytest.raises(DriverError, match="#general"):
        stage.ann.say("#genral", "hello")
    with pytest.raises(DriverError, match="no guild"):
        stage.ann.join("Nowhere")
    with pytest.raises(DriverError, match="no guild"):
        stage.world.channel("#general", guild="Nowhere")


def test_leave_and_join(stage):
    stage.ann.leave("Home")
    assert stage.ann.id not in stage.world.guilds.state(stage.guild).members
    stage.ann.join("Home")
    stage.ann.type("#general")


ROLL = {
    "name": "roll",
    "description": "Roll dice",
    "options": [
        {"name": "sides", "type": 4, "description": "d", "min_value": 2, "required": True},
        {"name": "who", "type": 6, "description": "d"},
        {"name": "where", "type": 7, "description": "d"},
        {
            "name": "how",
            "type": 3,
            "description": "d",
            "choices": [{"name": "High", "value": "high"}],
        },
    ],
}


def test_a_slash_command_carries_its_options(stage):
    stage.world.commands.create(stage.bot, ROLL)
    view = stage.ann.slash("#general", "roll", sides=6, who=stage.ann, where="#general", how="high")
    data = view.record.data
    assert data["options"] == [
        {"name": "sides", "type": 4, "value": 6},
        {"name": "who", "type": 6, "value": stage.ann.id},
        {"name": "where", "type": 7, "value": stage.channel},
        {"name": "how", "type": 3, "value": "high"},
    ]
    assert data["resolved"]["users"][stage.ann.id]["username"] == "ann"
    assert "permissions" in data["resolved"]["members"][stage.ann.id]
    assert data["resolved"]["channels"][stage.channel]["name"] == "general"
    stage.respond(view, 5)
    stage.world.interactions.edit_original(stage.bot, view.record.token, {"content": "4"})
    assert view.message().content == "4"
    assert stage.general.expect("4").id == view.message().id


def test_a_choice_is_made_by_its_name_or_value(stage):
    stage.world.commands.create(stage.bot, ROLL)
    for how in ("High", "high"):
        view = stage.ann.slash("#general", "roll", sides=6, how=how)
        assert view.record.data["options"][1]["value"] == "high"


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({}, "needs sides"),
        ({"sides": 1}, "takes at least 2, not 1"),
        ({"sides": "six"}, "does not take 'six': it is a whole number"),
        ({"sides": True}, "does not take"),
        ({"sides": 6, "faces": 1}, "no option faces"),
        ({"sides": 6, "how": "low"}, "no choice 'low'; it has High"),
        ({"sides": 6, "who": "1"}, "fits here"),
    ],
)
def test_what_a_user_cannot_type_is_refused(stage, options, problem):
    stage.world.commands.create(stage.bot, ROLL)
    with pytest.raises(DriverError, match=problem):
        stage.ann.slash("#general", "roll", **options)


def test_a_command_that_nobody_registered(stage):
    stage.world.commands.create(stage.bot, ROLL)
    with pytest.raises(DriverError, match="there are: roll"):
        stage.ann.slash("#general", "rol", timeout=0.01)


def test_a_command_that_is_registered_a_little_later(stage):
    thread = threading.Thread(
        target=stage.world.commands.create, args=(stage.bot, {"name": "late", "description": "x"})
    )
    thread.start()
    assert stage.ann.slash("#general", "/late", timeout=10).record.data["name"] == "late"
    thread.join()


def test_subcommands(stage):
    leaf = {"name": "set", "type": 1, "description": "d", "options": ROLL["options"][:1]}
    group = {"name": "dice", "type": 2, "description": "d", "options": [leaf]}
    command = {"name": "config", "description": "d", "options": [group]}
    stage.world.commands.create(stage.bot, command)
    view = stage.ann.slash("#general", "config dice set", sides=6)
    inner = view.record.data["options"][0]["options"][0]
    assert (inner["name"], inner["options"][0]["value"]) == ("set", 6)
    with pytest.raises(DriverError, match="subcommands: dice"):
        stage.ann.slash("#general", "config")
    with pytest.raises(DriverError, match="no subcommand"):
        stage.ann.slash("#general", "config cards set")


def test_a_subcommand_without_options_has_an_empty_list_of_them(stage):
    leaf = {"name": "all", "type": 1, "description": "d"}
    group = {"name": "dice", "type": 2, "description": "d", "options": [leaf]}
    stage.world.commands.create(
        stage.bot, {"name": "config", "description": "d", "options": [group]}
    )
    stage.world.commands.create(stage.bot, {"name": "plain", "description": "d"})
    data = stage.ann.slash("#general", "config dice all").record.data
    assert data["options"][0]["options"] == [{"name": "all", "type": 1, "options": []}]
    assert "options" not in stage.ann.slash("#general", "plain").record.data


def test_autocomplete(stage):
    stage.world.commands.create(
        stage.bot,
        {
            "name": "find",
            "description": "d",
            "options": [{"name": "q", "type": 3, "description": "d", "autocomplete": True}],
        },
    )

    def answer(event):
        if event.name == "INTERACTION_CREATE":
            option = event.data["data"]["options"][0]
            assert option == {"name": "q", "type": 3, "value": "ab", "focused": True}
            choices = {"choices": [{"name": "abc", "value": "abc"}]}
            worker = threading.Thread(
                target=stage.world.interactions.respond,
                args=(event.data["id"], event.data["token"], 8, choices),
            )
            workers.append(worker)
            worker.start()

    workers = []
    stage.world.subscribe(answer)
    assert stage.ann.autocomplete("#general", "find", "q", "ab")[0]["value"] == "abc"
    workers[0].join()


def test_context_menus(stage):
    stage.world.commands.create(stage.bot, {"name": "Quote", "type": 3})
    stage.world.commands.create(stage.bot, {"name": "Wave", "type": 2})
    message = stage.ann.say("#general", "quote me")
    view = stage.ann.use_on(message, "Quote")
    assert view.record.data["resolved"]["messages"][message.id]["content"] == "quote me"
    view = stage.ann.use_on(stage.ann, "Wave", "#general")
    assert view.record.data["target_id"] == stage.ann.id
    with pytest.raises(DriverError, match="say which"):
        stage.ann.use_on(stage.ann, "Wave")


YES = {"type": 2, "style": 3, "label": "Yes", "custom_id": "y"}


def test_a_button_by_label_or_custom_id(stage):
    for name in ("Yes", "y"):
        view = stage.press(name, row(YES))
        assert view.record.data["custom_id"] == "y"
        assert view.record.data["component_type"] == 2
        assert view.record.message_id is not None


@pytest.mark.parametrize(
    ("button", "problem"),
    [
        ({**YES, "disabled": True}, "disabled"),
        ({"type": 2, "style": 5, "label": "Yes", "url": "https://example.org"}, "a page"),
        ({**YES, "label": "No"}, "the message has No"),
    ],
)
def test_a_button_that_cannot_be_pressed(stage, button, problem):
    with pytest.raises(DriverError, match=problem):
        stage.press("Yes", row(button))


def test_a_button_in_a_section_of_a_container(stage):
    section = {"type": 9, "components": [{"type": 10, "content": "x"}], "accessory": YES}
    view = stage.press("Yes", [{"type": 17, "components": [section]}])
    assert view.record.data["custom_id"] == "y"


def test_select_menus(stage):
    options = [{"label": "Red", "value": "r"}, {"label": "Blue", "value": "b"}]
    menu = {"type": 3, "custom_id": "color", "options": options, "max_values": 2}
    users = {"type": 5, "custom_id": "who"}
    stage.answer("choose", components=[*row(menu), *row(users)])
    message = stage.general.expect("choose")
    assert stage.ann.select(message, "Red", "b").record.data["values"] == ["r", "b"]
    view = stage.ann.select(message, stage.ann, menu="who")
    assert view.record.data["values"] == [stage.ann.id]
    assert stage.ann.id in view.record.data["resolved"]["users"]
    with pytest.raises(DriverError, match="it has Red, Blue"):
        stage.ann.select(message, "Green")
    with pytest.raises(DriverError, match="1 to 2"):
        stage.ann.select(message)
    with pytest.raises(DriverError, match="no select menu"):
        stage.ann.select(message, "r", menu="size")


def test_a_modal_is_filled_in_by_custom_id_or_label(stage):
    view = stage.press("Yes", row(YES))
    name = {"type": 4, "custom_id": "name", "label": "Name", "style": 1}
    note = {"type": 4, "custom_id": "note", "style": 2, "required": False}
    color = {"type": 3, "custom_id": "color", "options": [{"label": "Red", "value": "r"}]}
    components = [
        *row(name),
        {"type": 10, "content": "Tell us more"},
        {"type": 18, "label": "Note", "component": note},
        {"type": 18, "label": "Color", "component": color},
    ]
    modal = {"custom_id": "form", "title": "Form", "components": components}
    stage.respond(view, 9, modal)
    sent = stage.ann.submit_modal(view, name="Ann", Color="r")
    fields = sent.record.data["components"]
    assert fields[0]["components"][0]["value"] == "Ann"
    assert fields[2]["component"]["value"] == ""
    assert fields[3]["component"]["values"] == ["r"]
    with pytest.raises(DriverError, match="filled in"):
        stage.ann.submit_modal(view)
    with pytest.raises(DriverError, match="no field 'age'"):
        stage.ann.submit_modal(view, name="Ann", age="7")
    stage.respond(sent, 4, {"content": "thanks"})
    with pytest.raises(ExpectationFailed, match="not with a modal"):
        stage.ann.submit_modal(sent, name="Ann")


SIZES = [{"label": "Small", "value": "s"}, {"label": "Large", "value": "l", "default": True}]
EVERY_FIELD = [
    {"type": 3, "custom_id": "size", "options": SIZES},
    {"type": 5, "custom_id": "friend", "required": False},
    {"type": 21, "custom_id": "radio", "options": SIZES},
    {"type": 22, "custom_id": "boxes", "options": SIZES, "required": False},
    {"type": 23, "custom_id": "agree"},
    {"type": 4, "custom_id": "story", "style": 2, "required": False, "min_length": 5},
]


@pytest.fixture
def modal(stage):
    """A modal with a field of every kind, open."""
    parts = [
        {"type": 18, "label": item["custom_id"].title(), "component": item} for item in EVERY_FIELD
    ]
    view = stage.press("Yes", row(YES))
    stage.respond(view, 9, {"custom_id": "form", "title": "Form", "components": parts})
    return view


def sent_values(view):
    parts = [item["component"] for item in view.record.data["components"]]
    return {item["custom_id"]: item.get("value", item.get("values")) for item in parts}


def test_fields_keep_their_defaults(stage, modal):
    assert sent_values(stage.ann.submit_modal(modal)) == {
        "size": ["l"],
        "friend": [],
        "radio": "l",
        "boxes": ["l"],
        "agree": False,
        "story": "",
    }


def test_options_of_a_modal_are_chosen_by_label_or_value(stage, modal):
    given = {"Size": "Small", "radio": "s", "boxes": ["Small", "l"], "Agree": True}
    sent = stage.ann.submit_modal(modal, friend=stage.ann, **given)
    assert sent_values(sent) == {
        "size": ["s"],
        "friend": [stage.ann.id],
        "radio": "s",
        "boxes": ["s", "l"],
        "agree": True,
        "story": "",
    }


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"size": "Huge"}, "no option 'Huge'; it has Small, Large"),
        ({"size": ["s", "l"]}, "'size' takes 1 values, not 2"),
        ({"size": []}, "'size' takes 1 values, not 0"),
        ({"radio": "x"}, "no option 'x'"),
        ({"story": "no"}, "'story' takes 5 to 4000 characters, not 2"),
        ({"colour": "s"}, "no field 'colour'; it has 'size' or 'Size', 'friend' or 'Friend'"),
    ],
)
def test_what_a_person_could_not_fill_in_is_refused(stage, modal, given, problem):
    with pytest.raises(DriverError, match=problem):
        stage.ann.submit_modal(modal, **given)


@pytest.mark.parametrize(("text", "problem"), [("", "says nothing"), ("x" * 4001, "not 4001")])
def test_what_nobody_could_write_is_refused(stage, text, problem):
    with pytest.raises(DriverError, match=problem):
        stage.ann.say("#general", text)


def test_an_interaction_that_nobody_answers(stage):
    view = stage.press("Yes", row(YES))
    with pytest.raises(ExpectationFailed, match="did not respond"):
        view.message(timeout=0.01)
    stage.respond(view, 5)
    with pytest.raises(ExpectationFailed, match="thinking"):
        view.message(timeout=0.01)
