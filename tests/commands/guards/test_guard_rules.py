from __future__ import annotations

import gc
import pickle
import weakref
from types import SimpleNamespace
from typing import Any

import pytest
from guard_stand_in import FakeClient, context

from disruption.commands.errors import (
    BotMissingPermissions,
    DirectMessageOnly,
    GuildOnly,
    MissingPermissions,
    MissingRole,
    NotOwner,
    NSFWOnly,
)
from disruption.commands.guards import (
    bot_requires,
    dm_only,
    guards_of,
    guild_only,
    has_any_role,
    has_role,
    nsfw_only,
    owner_only,
    requires,
)
from disruption.commands.guards.guild_roles import GuildRoles
from disruption.commands.guards.owner import Owners, owners_of
from disruption.commands.texts import Texts, soon, texts, use_texts
from disruption.errors import InvalidArgument, RequestFailed
from disruption.types import (
    ChannelType,
    MembershipState,
    PartialApplication,
    PartialChannel,
    PartialRole,
    Permissions,
    TeamMemberRoleType,
    bind,
)


def ask(decorator: Any, ctx: Any) -> None:
    """Let the guard that a decorator makes look at a context."""
    guards_of(decorator(lambda ctx: None))[0].check(ctx)


def role(id: int, name: str, position: int = 1) -> PartialRole:
    return PartialRole(id=id, name=name, position=position, guild_id=10)


def test_requires_names_what_the_user_lacks() -> None:
    both = requires(Permissions.BAN_MEMBERS, Permissions.KICK_MEMBERS)
    with pytest.raises(MissingPermissions, match=r"You need Kick Members .*Ban Members.* here\."):
        ask(both, context())
    with pytest.raises(MissingPermissions) as caught:
        ask(both, context(permissions=Permissions.KICK_MEMBERS))
    assert caught.value.missing == Permissions.BAN_MEMBERS
    assert pickle.loads(pickle.dumps(caught.value)).missing == Permissions.BAN_MEMBERS
    ask(both, context(permissions=Permissions.ADMINISTRATOR))
    ask(both, context(permissions=Permissions.BAN_MEMBERS | Permissions.KICK_MEMBERS))


def test_nobody_has_permissions_in_direct_messages() -> None:
    with pytest.raises(GuildOnly):
        ask(requires(Permissions.BAN_MEMBERS), context(guild=None))


def test_bot_requires_looks_at_the_bot() -> None:
    with pytest.raises(BotMissingPermissions, match="I need Embed Links here"):
        ask(bot_requires(Permissions.EMBED_LINKS), context(permissions=Permissions.EMBED_LINKS))
    ask(bot_requires(Permissions.EMBED_LINKS), context(app_permissions=Permissions.EMBED_LINKS))


@pytest.mark.parametrize("wrong", [(), (0,), ("BAN_MEMBERS",), (True,), (None,)])
def test_requires_takes_permissions_only(wrong: Any) -> None:
    with pytest.raises(InvalidArgument, match=r"Permissions\.BAN_MEMBERS"):
        requires(*wrong)


def test_places() -> None:
    ask(guild_only, context())
    ask(dm_only, context(guild=None))
    with pytest.raises(GuildOnly, match="servers only"):
        ask(guild_only, context(guild=None))
    with pytest.raises(DirectMessageOnly, match="direct messages only"):
        ask(dm_only, context())


def channel(**facts: Any) -> PartialChannel:
    return PartialChannel(id=100, **facts)


def test_nsfw_only_knows_channels_without_a_request() -> None:
    text = ChannelType.GUILD_TEXT
    ask(nsfw_only, context(channel=channel(type=text, nsfw=True)))
    ask(nsfw_only, context(guild=None))
    with pytest.raises(NSFWOnly):
        ask(nsfw_only, context(channel=channel(type=text, nsfw=False)))


def test_nsfw_only_asks_where_it_is_not_told() -> None:
    client = FakeClient(get_channel=channel(type=ChannelType.GUILD_TEXT, nsfw=True))
    ask(nsfw_only, context(client, channel=channel()))
    assert client.rest.asked == ["get_channel"]


def test_a_thread_is_what_its_channel_is() -> None:
    client = FakeClient(get_channel=channel(type=ChannelType.GUILD_TEXT, nsfw=True))
    thread = channel(type=ChannelType.PUBLIC_THREAD, parent_id=7, nsfw=False)
    ask(nsfw_only, context(client, channel=thread))
    assert client.rest.asked == ["get_channel"]


def test_roles_by_id_need_no_request() -> None:
    client = FakeClient()
    member = SimpleNamespace(roles=[5], id=1)
    for given in (5, SimpleNamespace(id=5)):
        ask(has_role(given), context(client, member=member))  # type: ignore[arg-type]
    ask(has_any_role(4, 5), context(client, member=member))
    ask(
        has_role("123456789012345678"),
        context(client, member=SimpleNamespace(roles=[123456789012345678], id=1)),
    )
    assert client.rest.asked == []
    with pytest.raises(MissingRole, match="role <@&4> for"):
        ask(has_role(4), context(client, member=member))


def test_roles_by_name_are_asked_for_once() -> None:
    client = FakeClient(get_guild_roles=[role(5, "Helpers"), role(6, "2024")])
    member = SimpleNamespace(roles=[5], id=1)
    ask(has_role("Helpers"), context(client, member=member))
    with pytest.raises(MissingRole, match="role 2024 or Chiefs for"):
        ask(has_any_role("2024", "Chiefs"), context(client, member=member))
    assert client.rest.asked == ["get_guild_roles"]


def test_nobody_has_roles_in_direct_messages() -> None:
    with pytest.raises(GuildOnly):
        ask(has_role(5), context(guild=None))


@pytest.mark.parametrize("wrong", [None, "", " ", 0, -1, True, object(), 1.5])
def test_has_role_refuses_what_is_no_role(wrong: Any) -> None:
    with pytest.raises(InvalidArgument, match="by its id or its name"):
        has_role(wrong)


def test_has_any_role_takes_at_least_one() -> None:
    with pytest.raises(InvalidArgument, match="at least one"):
        has_any_role()


def test_roles_are_asked_for_anew_after_a_minute_and_of_few_guilds() -> None:
    now = 0.0
    known = GuildRoles(lambda: now)
    asked: list[int] = []

    def fetch(guild_id: int) -> Any:
        asked.append(guild_id)
        return [role(guild_id, "@everyone")]

    known.get(1, fetch)
    now = 59.0
    known.get(1, fetch)
    assert asked == [1]
    now = 61.0
    known.get(1, fetch)
    assert asked == [1, 1]
    for guild_id in range(2, 3000):
        known.get(guild_id, fetch)
    assert len(known._known) <= 1000


def application(**facts: Any) -> PartialApplication:
    return PartialApplication.from_dict({"id": "1", **facts})


def member(id: int, role: TeamMemberRoleType | None, state: MembershipState) -> dict[str, Any]:
    data = {"membership_state": int(state), "team_id": "9", "user": {"id": str(id)}}
    return data if role is None else {**data, "role": str(role.value)}


def test_the_owner_of_an_application_without_a_team() -> None:
    assert owners_of(application(owner={"id": "5"}, team=None)) == {5}
    assert owners_of(application()) == frozenset()


def test_who_of_a_team_owns_its_applications() -> None:
    accepted, invited = MembershipState.ACCEPTED, MembershipState.INVITED
    roles = TeamMemberRoleType
    team = {
        "id": "9",
        "icon": None,
        "name": "Ours",
        "owner_user_id": "1",
        "members": [
            member(1, None, accepted),
            member(2, roles.ADMIN, accepted),
            member(3, roles.DEVELOPER, accepted),
            member(4, roles.READ_ONLY, accepted),
            member(5, roles.ADMIN, invited),
            member(6, None, accepted),
        ],
    }
    # A team's application is "owned" by a user that stands for the team.
    assert owners_of(application(owner={"id": "9"}, team=team)) == {1, 2, 3}


def test_owner_only_asks_once() -> None:
    client = FakeClient(get_current_application=application(owner={"id": "1"}))
    ask(owner_only, context(client))
    with pytest.raises(NotOwner, match="owner of this bot"):
        ask(owner_only, context(client, user=2))
    assert client.rest.asked == ["get_current_application"]


def test_owners_stay_when_discord_cannot_be_asked() -> None:
    now = 0.0
    owners = Owners(lambda: now)
    lost = RequestFailed("lost", method="GET", route="/applications/@me", maybe_processed=False)

    def fails() -> Any:
        raise lost

    with pytest.raises(RequestFailed):
        owners.get(fails)
    assert owners.get(lambda: application(owner={"id": "1"})) == {1}
    now = 601.0
    assert owners.get(fails) == {1}
    now = 1300.0
    assert owners.get(lambda: application(owner={"id": "2"})) == {2}


def test_texts_can_be_translated_in_one_place() -> None:
    class German(Texts):
        def guild_only(self, ctx: Any) -> str:
            return "Das geht nur auf einem Server."

    before = texts()
    use_texts(German())
    try:
        with pytest.raises(GuildOnly, match="nur auf einem Server"):
            ask(guild_only, context(guild=None))
    finally:
        use_texts(before)


def test_soon_is_seconds_or_a_moment_that_discord_counts_down_to() -> None:
    assert soon(0.2) == "in 1 s"
    assert soon(11.2) == "in 12 s"
    assert soon(3600).startswith("<t:")
    assert soon(3600).endswith(":R>")


def test_what_is_kept_of_a_client_does_not_keep_it_alive() -> None:
    client = FakeClient()
    client.rest.answers["get_guild_roles"] = [bind(role(5, "Helpers"), client)]  # type: ignore[arg-type]
    member = SimpleNamespace(roles=[5], id=1)
    ask(has_role("Helpers"), context(client, member=member))
    gone = weakref.ref(client)
    del client
    gc.collect()
    assert gone() is None
