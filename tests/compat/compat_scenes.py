"""The play: what ann does, and what must have come of it in the world; the same for every library.

Each scene is one function of the stage. What the bot has to do when it hears a command is in the
scene, and the bots in `bots/` do it each in its library's own way. The bot's answers are short
texts; what counts is looked up in the world.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from compat_stage import DEADLINE, Stage

from disruption.local.driver import ChannelView

EPHEMERAL = 64
HISTORY = 120

#: Every scene in the order they are played.
SCENES: list[Callable[[Stage], None]] = []


def scene(function: Callable[[Stage], None]) -> Callable[[Stage], None]:
    """Add a scene to the play."""
    SCENES.append(function)
    return function


@scene
def login(stage: Stage) -> None:
    """The bot registers its commands, comes online and says "ready"."""
    stage.hear("ready")
    assert stage.bot_id in stage.world.presences.online(stage.guild)
    wanted = {"roll", "pick", "slow", "panel", "Quote"}
    commands = stage.world.commands
    stage.waits(lambda: {item["name"] for item in commands.list(stage.application_id)} == wanted)


@scene
def replies(stage: Stage) -> None:
    """`!ping` is answered with a reply, "pong"."""
    done = stage.does("!ping", "pong")
    assert done.answer.data["message_reference"]["message_id"] == done.asked.id
    assert done.answer.data["author"]["id"] == stage.bot_id


@scene
def files(stage: Stage) -> None:
    """`!file` sends two files and an embed, then reads the first file back."""
    stage.command("!file")
    sent = stage.hear("here")
    first, second = sent.data["attachments"]
    assert (first["filename"], first["size"]) == ("hello.txt", 5)
    assert (second["filename"], second["size"]) == ("bytes.bin", 256)
    assert second.get("description") in ("All bytes", None)  # not every library sends one
    assert [embed["title"] for embed in sent.embeds] == ["A title"]
    stage.hear("read hello")


@scene
def edits(stage: Stage) -> None:
    """`!edit` edits one message, and sends and deletes another."""
    stage.does("!edit", "done edit")
    mine = {item.content: item.data for item in stage.by_bot()}
    assert "draft" not in mine
    assert "gone" not in mine
    assert mine["final"]["edited_timestamp"] is not None
    assert mine["final"]["embeds"][0]["title"] == "Edited"


@scene
def reactions(stage: Stage) -> None:
    """`!react` reacts twice, asks who did and takes one back; ann's reaction is seen."""
    done = stage.does("!react", "done react 1")
    assert done.asked.reactions == {"👍": 1}
    stage.ann.react(done.asked, "🔥")
    stage.hear("saw 🔥")


@scene
def threads(stage: Stage) -> None:
    """`!thread` starts a thread and speaks in it; the bot hears what is said there; it archives."""
    done = stage.does("!thread", "done thread")
    thread = ChannelView(stage.world, done.asked.id)  # a thread has its message's id
    stage.hear("inside", thread)
    stage.ann.say(thread, "hello")
    stage.hear("heard in Side", thread)
    stage.ann.say(thread, "!archive")
    stage.waits(lambda: stage.world.channels.get(thread.id)["thread_metadata"]["archived"])
    assert stage.world.channels.get(thread.id)["thread_metadata"]["locked"]


@scene
def roles(stage: Stage) -> None:
    """`!role` makes a role for ann, `!unrole` renames it and takes it away again."""
    stage.does("!role", "done role 1")
    (role_id,) = stage.world.members.get(stage.guild, stage.ann.id)["roles"]
    role = stage.world.roles.get(stage.guild, role_id)
    assert (role["name"], role["color"], role["hoist"]) == ("Mods", 0xE74C3C, True)
    stage.does("!unrole", "done unrole")
    assert stage.world.members.get(stage.guild, stage.ann.id)["roles"] == []
    assert role_id not in {item["id"] for item in stage.world.roles.list(stage.guild)}


@scene
def moderation(stage: Stage) -> None:
    """`!moderate` names and times out, then kick, ban and unban; `!purge` deletes in bulk."""
    bob = stage.person("bob")
    stage.hear("welcome bob")
    stage.does(f"!moderate {bob.id}", "done moderate")
    member = stage.world.members.get(stage.guild, bob.id)
    assert member["nick"] == "Bobby"
    assert member["communication_disabled_until"] > stage.world.now()
    stage.does(f"!kick {bob.id}", "done kick")
    assert stage.guild not in stage.world.guilds.of_user(bob.id)
    stage.does(f"!ban {bob.id}", "done ban 1 rude")
    assert [ban["user"]["id"] for ban in stage.world.members.bans(stage.guild)] == [bob.id]
    stage.does(f"!unban {bob.id}", "done unban 0")
    stage.does("!purge", "done purge")
    assert not {"a", "b", "c"} & {item.content for item in stage.by_bot()}


@scene
def slash_commands(stage: Stage) -> None:
    """`/roll` answers, follows up and edits its answer."""
    used = stage.slash("roll", sides=7, who=stage.ann)
    stage.hear("rolled 7 for ann")
    stage.hear("again")
    stage.hear("rolled 7 for ann, really")
    assert used.message().content == "rolled 7 for ann, really"
    assert used.message().data["interaction_metadata"]["user"]["id"] == stage.ann.id


@scene
def autocomplete(stage: Stage) -> None:
    """`/pick` offers the fruit that begin with what is typed."""
    choices = stage.ann.autocomplete(stage.general, "pick", "fruit", "ap")
    assert [choice["value"] for choice in choices] == ["apple", "apricot"]
    stage.slash("pick", fruit="apple")
    stage.hear("picked apple")


@scene
def deferred_answers(stage: Stage) -> None:
    """`/slow` defers ephemerally, and completes the answer with a file."""
    answer = stage.slash("slow").message(DEADLINE)
    assert answer.content == "slow done"
    assert answer.data["flags"] & EPHEMERAL
    assert [item["filename"] for item in answer.data["attachments"]] == ["s.txt"]


@scene
def context_menus(stage: Stage) -> None:
    """The message command "Quote" quotes."""
    said = stage.ann.say(stage.general, "words")
    assert stage.ann.use_on(said, "Quote").message(DEADLINE).content == "> words"


@scene
def components(stage: Stage) -> None:
    """`/panel` shows buttons and menus; one button opens a modal, the other takes all away."""
    panel = stage.slash("panel").message(DEADLINE)
    chosen = stage.ann.select(panel, "Red", menu="colour").message(DEADLINE)
    assert (chosen.content, chosen.data["flags"] & EPHEMERAL) == ("chose red", EPHEMERAL)
    person = stage.ann.select(panel, stage.ann, menu="who").message(DEADLINE)
    assert person.content == "chose ann"
    form = stage.ann.click(panel, "Form")
    assert form.modal(DEADLINE)["title"] == "Who are you?"
    greeting = stage.ann.submit_modal(form, timeout=DEADLINE, name="Zoe").message(DEADLINE)
    assert greeting.content == "hi Zoe"
    stage.ann.click(panel, "Yes").answer(DEADLINE)
    stage.waits(lambda: panel.content == "clicked")
    assert panel.data["components"] == []


@scene
def webhooks(stage: Stage) -> None:
    """`!hook` makes a webhook, speaks through it, edits that and deletes the webhook."""
    stage.does("!hook", "done hook")
    hooks = [None, stage.application_id]  # follow-ups come from a webhook of the application's
    everything = stage.general.messages
    (said,) = [item for item in everything if item.data.get("webhook_id") not in hooks]
    assert (said.author, said.content) == ("Zed", "edited hook")
    assert stage.world.webhooks.of_channel(stage.general.id) == []


@scene
def history(stage: Stage) -> None:
    """`!history` reads the 120 messages of #archive, which takes two pages."""
    archive = stage.world.channels.create(stage.guild, "archive")["id"]
    for number in range(HISTORY):
        stage.world.messages.create(archive, stage.ann.id, f"m{number}")
    stage.does("!history", f"done history {HISTORY} m0 m{HISTORY - 1}")


@scene
def audit_log(stage: Stage) -> None:
    """`!audit` finds why the role was made."""
    stage.does("!audit", "done audit because ünï")
    made = [item for item in stage.world.audit.list(stage.guild) if item["action_type"] == 30]
    assert [(item["user_id"], item["reason"]) for item in made] == [(stage.bot_id, "because ünï")]


@scene
def invites(stage: Stage) -> None:
    """`!invite` makes an invite, eve uses it and is welcomed, `!uninvite` deletes it."""
    code = stage.does("!invite", "invite ").answer.content.split()[1]
    invite = stage.world.invites.state(code)
    assert (invite.max_age, invite.max_uses) == (600, 2)
    eve = stage.world.users.create("eve")
    stage.person("eve").join(code)
    stage.hear("welcome eve")
    assert stage.guild in stage.world.guilds.of_user(eve["id"])
    stage.does("!uninvite", "done uninvite 0")
    assert stage.world.invites.of_guild(stage.guild) == []


@scene
def direct_messages(stage: Stage) -> None:
    """`!dm` writes to ann alone."""
    stage.does("!dm", "done dm")
    stage.ann.dm("helper").expect("psst", DEADLINE)


@scene
def channels(stage: Stage) -> None:
    """`!channel` makes a channel in a category, changes it, pins in it and deletes both."""
    seen: list[tuple[str, str]] = []
    stage.world.subscribe(lambda event: seen.append((event.name, str(event.data.get("name")))))
    stage.does("!channel", "done channel 1")
    wanted = [("CHANNEL_CREATE", "Cat"), ("CHANNEL_CREATE", "made"), ("CHANNEL_UPDATE", "made")]
    wanted += [("CHANNEL_DELETE", "made"), ("CHANNEL_DELETE", "Cat")]
    assert [item for item in seen if item in wanted] == wanted


@scene
def errors(stage: Stage) -> None:
    """`!error` asks for a message that is not there, and says the code."""
    stage.does("!error", "error 10008")


@scene
def resumes(stage: Stage) -> None:
    """A cut, a close and an op 7 end in a resume, and what is said meanwhile is heard."""
    hub = stage.discord.gateway.hub
    (session,) = hub.sessions(stage.bot_id)
    for fault in ({"kind": "drop"}, {"kind": "close", "code": 4000}, {"kind": "reconnect"}):
        link = session.link
        stage.discord.faults.now(**fault)
        stage.does("!ping", "pong")
        stage.waits(lambda link=link: session.link not in (None, link))
        assert hub.sessions(stage.bot_id) == [session]


@scene
def invalid_sessions(stage: Stage) -> None:
    """After an op 9 the bot starts a new session."""
    stage.does("!ping", "pong")  # what was resumed before is over
    hub = stage.discord.gateway.hub
    (session,) = hub.sessions(stage.bot_id)
    stage.discord.faults.now("invalid_session")
    stage.waits(lambda: hub.sessions(stage.bot_id) not in ([], [session]))
    stage.waits(lambda: all(item.link for item in hub.sessions(stage.bot_id)))
    stage.does("!ping", "pong")


@scene
def rate_limits(stage: Stage) -> None:
    """`!burst` sends seven at once where five are allowed, and one more 429 comes by a fault."""
    stage.discord.faults.add("rate_limit", method="POST", times=1, retry_after=0.2)
    stage.does("!burst", "done burst")
    assert any(item.status == 429 for item in stage.discord.requests)
    burst = [item.content for item in stage.by_bot() if re.fullmatch(r"b\d", item.content)]
    assert sorted(burst) == [f"b{number}" for number in range(7)]


@scene
def nothing_was_refused(stage: Stage) -> None:
    """Of all requests only the one for the missing message, and 429s, were refused."""
    refused = [item for item in stage.discord.requests if item.status >= 400 or not item.status]
    strange = [
        (item.method, item.path, item.status, item.error)
        for item in refused
        if item.status != 429 and item.code != 10008
    ]
    assert strange == []
