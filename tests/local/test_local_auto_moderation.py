"""Auto-moderation: its rules over plain HTTP, and what they do to people."""

from __future__ import annotations

from typing import Any

import pytest
from local_rest_support import Stage

from disruption.local import WorldError
from disruption.local.world.automod_match import KEYWORD, MENTION_SPAM, PRESET, SPAM, Match, find

BLOCK = {"type": 1, "metadata": {"custom_message": "No."}}


@pytest.mark.parametrize(
    ("keyword", "text", "matched"),
    [
        ("cat", "a Cat!", "Cat"),
        ("cat", "catch", None),
        ("cat*", "catch it", "catch"),
        ("*cat", "a tomcat", "tomcat"),
        ("*cat*", "concatenate", "concatenate"),
        ("the mat", "on the mat.", "the mat"),
        ("a.b", "axb", None),
    ],
)
def test_how_keywords_match(keyword: str, text: str, matched: str | None) -> None:
    found = find(KEYWORD, {"keyword_filter": [keyword]}, text)
    assert (found and found.content) == matched
    assert found is None or found.keyword == keyword


def test_what_is_allowed_is_no_match() -> None:
    metadata = {"keyword_filter": ["*cat*"], "allow_list": ["catalogue"]}
    assert find(KEYWORD, metadata, "a catalogue") is None
    assert find(KEYWORD, metadata, "a catalogue of cats") is not None


def test_the_other_triggers() -> None:
    assert find(KEYWORD, {"regex_patterns": ["b[ae]d"]}, "so BED") is not None
    assert find(PRESET, {"presets": [1]}, "damn it") is not None
    assert find(PRESET, {"presets": [2]}, "damn it") is None
    assert find(SPAM, {}, "buy buy buy") is None
    assert find(SPAM, {}, "well, " + "BUY buy! " * 10) is not None
    assert find(SPAM, {}, "Free Nitro here: https://discorcl.example/gift") is not None
    gtube = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"
    assert find(SPAM, {}, f"a {gtube} b") == Match(None, gtube)
    people = " ".join(f"<@{10**17 + number}>" for number in range(4))
    assert find(MENTION_SPAM, {"mention_total_limit": 3}, people) is not None
    assert find(MENTION_SPAM, {"mention_total_limit": 4}, people) is None


def rule(**more: Any) -> dict[str, Any]:
    return {
        "name": "No cats",
        "event_type": 1,
        "trigger_type": 1,
        "trigger_metadata": {"keyword_filter": ["cat"]},
        "actions": [BLOCK],
        "enabled": True,
        **more,
    }


def test_a_rule_is_made_changed_and_deleted(stage: Stage) -> None:
    events = stage.events()
    path = f"/guilds/{stage.guild}/auto-moderation/rules"
    made = stage.bot.ok("POST", path, rule())
    assert made["creator_id"] == stage.bot_id
    assert made["trigger_metadata"] == {
        "keyword_filter": ["cat"],
        "regex_patterns": [],
        "allow_list": [],
    }
    own = f"{path}/{made['id']}"
    assert stage.bot.ok("PATCH", own, {"enabled": False})["enabled"] is False
    assert [item["id"] for item in stage.bot.ok("GET", path)] == [made["id"]]
    assert stage.bot.ok("DELETE", own) is None
    assert stage.bot.refused("GET", own)[0] == 404
    assert [name for name, _ in events] == [
        *("AUTO_MODERATION_RULE_CREATE", "AUTO_MODERATION_RULE_UPDATE"),
        "AUTO_MODERATION_RULE_DELETE",
    ]
    assert [item["action_type"] for item in stage.entries()] == [140, 141, 142]
    stage.may()
    assert stage.weak.refused("GET", path) == (403, 50013)


def test_what_a_rule_may_not_be(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}/auto-moderation/rules"
    for wrong in (
        {"trigger_type": 2},
        {"actions": []},
        {"actions": [{"type": 2}]},
        {"actions": [{"type": 2, "metadata": {"channel_id": "5"}}]},
        {"actions": [{"type": 3, "metadata": {"duration_seconds": 10**9}}]},
        {"trigger_metadata": {"regex_patterns": ["("]}},
        {"trigger_metadata": {"keyword_filter": ["x" * 61]}},
        {"trigger_type": 3, "actions": [{"type": 3, "metadata": {"duration_seconds": 5}}]},
    ):
        assert stage.bot.refused("POST", path, rule(**wrong)) == (400, 50035), wrong
    stage.bot.ok("POST", path, rule(trigger_type=3, trigger_metadata={}))
    answer = stage.bot("POST", path, rule(trigger_type=3, trigger_metadata={}))
    assert "MAX_RULES_OF_TYPE_EXCEEDED" in answer.text


def test_a_message_is_blocked(stage: Stage) -> None:
    made = stage.bot.ok("POST", f"/guilds/{stage.guild}/auto-moderation/rules", rule())
    events = stage.events()
    ann = stage.world.user("ann")
    with pytest.raises(WorldError) as refused:
        ann.say("#general", "my cat")
    assert refused.value.code == 200000
    [(name, data)] = events
    assert name == "AUTO_MODERATION_ACTION_EXECUTION"
    assert data == {
        "guild_id": stage.guild,
        "action": BLOCK,
        "rule_id": made["id"],
        "rule_trigger_type": 1,
        "user_id": stage.ann,
        "channel_id": stage.general,
        "content": "my cat",
        "matched_keyword": "cat",
        "matched_content": "cat",
    }
    entry = stage.entries()[-1]
    assert (entry["action_type"], entry["user_id"], entry["target_id"]) == (
        *(143, stage.ann, stage.ann),
    )
    assert entry["options"]["auto_moderation_rule_name"] == "No cats"
    message = ann.say("#general", "my dog")
    with pytest.raises(WorldError):
        ann.edit(message, "my cat")
    assert message.content == "my dog"
    person = stage.person(stage.ann)
    assert person.refused("POST", stage.messages, {"content": "cat"}) == (400, 200000)


def test_bots_and_those_in_charge_are_exempt(stage: Stage) -> None:
    stage.bot.ok("POST", f"/guilds/{stage.guild}/auto-moderation/rules", rule())
    stage.bot.ok("POST", stage.messages, {"content": "cat"})
    stage.world.user("admin").say("#general", "cat")


def test_exempt_roles_and_channels(stage: Stage) -> None:
    role = stage.world.roles.create(stage.guild, name="vets", permissions="0")["id"]
    other = stage.world.channels.create(stage.guild, "cats")["id"]
    path = f"/guilds/{stage.guild}/auto-moderation/rules"
    stage.bot.ok("POST", path, rule(exempt_roles=[role], exempt_channels=[other]))
    ann = stage.world.user("ann")
    ann.say("#cats", "cat")
    with pytest.raises(WorldError):
        ann.say("#general", "cat")
    stage.world.members.give_role(stage.guild, stage.ann, role)
    ann.say("#general", "cat")


def test_moderators_are_told_and_the_message_stays(stage: Stage) -> None:
    staff = stage.world.channels.create(stage.guild, "staff")["id"]
    alert = {"type": 2, "metadata": {"channel_id": staff}}
    path = f"/guilds/{stage.guild}/auto-moderation/rules"
    stage.bot.ok("POST", path, rule(actions=[alert]))
    events = stage.events()
    sent = stage.world.user("ann").say("#general", "my cat")
    assert sent.exists
    [told] = stage.bot.ok("GET", f"/channels/{staff}/messages")
    assert (told["type"], told["author"]["id"]) == (24, stage.ann)
    assert told["embeds"][0]["type"] == "auto_moderation_message"
    data = events[-1][1]
    assert data["message_id"] == sent.id
    assert data["alert_system_message_id"] == told["id"]


def test_somebody_is_timed_out(stage: Stage) -> None:
    out = {"type": 3, "metadata": {"duration_seconds": 60}}
    path = f"/guilds/{stage.guild}/auto-moderation/rules"
    stage.bot.ok("POST", path, rule(actions=[BLOCK, out]))
    ann = stage.world.user("ann")
    with pytest.raises(WorldError):
        ann.say("#general", "cat")
    with pytest.raises(WorldError, match="50013"):
        ann.say("#general", "sorry")
    stage.discord.clock.advance(61)
    ann.say("#general", "sorry")
    assert [item["action_type"] for item in stage.entries()][-2:] == [143, 145]


def test_names_of_threads_and_members(stage: Stage) -> None:
    path = f"/guilds/{stage.guild}/auto-moderation/rules"
    stage.bot.ok("POST", path, rule())
    person = stage.person(stage.ann)
    body = {"name": "cat talk", "type": 11}
    assert person.refused("POST", f"/channels/{stage.general}/threads", body) == (400, 200001)
    quarantine = rule(trigger_type=6, event_type=2, actions=[{"type": 4}])
    stage.bot.ok("POST", path, quarantine)
    stage.world.members.update(stage.guild, stage.ann, {"nick": "Mad cat"})
    assert stage.world.members.get(stage.guild, stage.ann)["flags"] == 1 << 7
    stage.world.members.update(stage.guild, stage.ann, {"nick": "Ann"})
    assert stage.world.members.get(stage.guild, stage.ann)["flags"] == 0
