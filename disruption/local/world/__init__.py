"""The state of a local Discord, and every way to change it.

One `World` holds everything behind one re-entrant lock, `world.lock`. Each call below takes the
lock by itself; `with world.lock:` makes several calls one change. Ids are decimal strings, as on
the wire. What is returned is always a fresh, complete, JSON-ready payload in Discord's form, free
for the caller to keep or to change; what is given is copied.

A call that cannot be carried out raises `WorldError(status, code, message, errors=None)`: HTTP
status, Discord's JSON error code and message, and nested form errors. Operations check that
things exist and make sense together; they do *not* check permissions: whoever acts for somebody
asks `world.permissions.require(...)` first. Form validation (lengths, counts) is REST's.

Every change is announced as an `Event` through `world.announce` while the lock is held, so that
the order of events is the order of changes. Listeners (`world.subscribe`) must not block.

    world.authenticate(token) -> Account | None     Account(user_id, application_id, is_bot, grant)
    world.acting(user_id, reason)   a context: who is behind the changes inside, for the audit log
    world.save(path), world.load(path)              a JSON file, the bytes of files included
    world.schedule.at(when, action)                 what happens by itself in the world's time

    world.activities       launch, leave, get
    world.applications     create_bot, get, update, token, secret, reset_token, of_user, set_intents
    world.audit            list (written by every operation, see `acting`)
    world.auto_moderation  create, get, list, update, delete     (acts in `messages.create`, `edit`)
    world.channels         create, get, list, update, move, delete, is_thread, dm, dms_of,
                           dm_members, set_overwrite, delete_overwrite, typing
    world.commands         create (upsert), get, list, update, delete, overwrite, permissions,
                           permission, set_permission, allows
    world.community        onboarding, set_onboarding, welcome_screen, set_welcome_screen
    world.emojis           create, get, list, find, update, delete    (of a guild or an application)
    world.entitlements     create_sku, skus, grant, list, consume, delete, subscribe, cancel
    world.files            put, get, image, sound                     (the bytes the CDN serves)
    world.group_dms        create, add, remove, update                (direct messages of several)
    world.guilds           create, get, update, delete, set_unavailable, of_user, preview
    world.integrations     list, get, delete
    world.interactions     create, respond, settle, original, edit_original, delete_original,
                           follow_up, message, edit_message, delete_message, by_token
    world.invites          create, get, of_channel, of_guild, use, delete, targets, set_targets
    world.join_requests    create, list, decide
    world.lobbies          create, join, get, update, delete, put_member, remove_member, link, say
    world.members          add, get, list, search, update, give_role, take_role, remove, prune,
                           ban, unban, bans
    world.messages         create, get, list, edit, delete, bulk_delete, pin, unpin, pins, crosspost
    world.oauth            authorize, grant, exchange, refresh, client_credentials, revoke
    world.permissions      in_guild, in_channel, sees, require, require_guild, require_above,
                           require_above_role
    world.polls            vote, voters, end                          (made by `messages.create`)
    world.presences        set, get, of_guild
    world.reactions        add, remove, users, clear, clear_emoji     (emoji as in the path)
    world.role_connections metadata, set_metadata, get, set, delete
    world.roles            create, get, list, update, move, delete
    world.scheduled_events create, get, list, update, delete, interest, users, add_exception
    world.soundboard       create, get, list, update, delete, play
    world.stages           create, get, of_guild, update, delete
    world.stickers         create, get, list, find, update, delete
    world.templates        create, get, of_guild, update, sync, delete
    world.threads          create, get, member, members, join, leave, of_channel, of_guild
                           (rename, archive, lock, delete: `channels.update`, `channels.delete`)
    world.users            create, get, me, exists, find, update, token, set_token
    world.voice            set, get, of_guild, moved, modify, set_status, info
    world.webhooks         create, follow, get, of_channel, of_guild, update, delete, author

A webhook's message is `messages.create(channel_id, webhook_id, …, webhook_author=webhooks.author(
webhook_id, username, avatar))`. An ephemeral message has `ephemeral_for`. Attachments are given
whole (`id`, `filename`, `size`, `url`, `proxy_url`, …): REST stores the bytes. REST calls
`interactions.settle(id)` when the answer to a callback has gone out.
"""

from __future__ import annotations

from .errors import WorldError
from .events import Event
from .store import WorldFileError
from .world import Account, World

__all__ = ["Account", "Event", "World", "WorldError", "WorldFileError"]
