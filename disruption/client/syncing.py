"""How a client lets Discord know of its commands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..client import Client
    from ..commands.sync import SyncMode, SyncReport
    from ..rest.route import SnowflakeLike

__all__ = ["Syncing"]


class Syncing:
    """The part of the client that lets Discord have its commands."""

    def _sync_at_start(self, mode: SyncMode | None) -> None:
        """Do what the client's ``sync=`` says, where there are commands."""
        client: Client = self  # type: ignore[assignment]  # it is the client
        if mode is not None and client.has_commands:
            from ..commands.sync import sync_at_start

            sync_at_start(client, mode)

    def sync_commands(
        self,
        *,
        guilds: Iterable[SnowflakeLike] | None = None,
        dry_run: bool = False,
        delete: bool = True,
        clear: Iterable[SnowflakeLike] = (),
        timeout: float | None = None,
    ) -> SyncReport:
        """Let Discord have the commands that are defined; only what differs is sent.

        The client need not be connected. Where nothing differs this costs two or three requests.

        ```python
        client.sync_commands(guilds=[TEST_GUILD])  # all commands there, and nowhere else
        print(client.sync_commands(dry_run=True))  # what would be done
        ```

        Args:
            guilds: Guilds to test in: they get all commands, those for everywhere too, and
                nothing else is touched. None for every command where it belongs.
            dry_run: Send nothing; the report says what would be done.
            delete: Delete commands that are on Discord and not defined.
            clear: Guilds from which commands are taken that are not defined for them, those
                that tests have left.
            timeout: Seconds for everything.

        Returns:
            What was done; ``str()`` of it is to be read.

        Raises:
            SyncFailed: Discord refused some; the others are done. Says which, why, and the file
                and line of each.
            InvalidArgument: A guild is none.
            Unauthorized: Discord does not know the token.

        See https://discord.com/developers/docs/interactions/application-commands
        """
        from ..commands.sync import sync_commands

        return sync_commands(
            self,  # type: ignore[arg-type]  # it is the client
            guilds=guilds,
            dry_run=dry_run,
            delete=delete,
            clear=clear,
            timeout=timeout,
        )
