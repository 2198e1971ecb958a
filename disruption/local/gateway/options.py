"""What can be set about the gateway."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["GatewayOptions"]


@dataclass(frozen=True)
class GatewayOptions:
    """The gateway's numbers; the defaults are Discord's where it documents them.

    Attributes:
        heartbeat_interval: Seconds between beats, as HELLO says.
        heartbeat_patience: Seconds without a beat after which a session times out (4009).
        resume_window: Seconds for which a session waits for its bot, on the world's clock.
        replay_limit: Events kept for a resume.
        send_limit: Bytes that may wait for a slow client before it is cut off.
        session_starts: Identifies a day.
        max_concurrency: Shards that may identify at once.
        identify_window: Seconds between identifies of one bucket. Discord's is 5; 0 does not
            watch it, because tests and reloaders start bots in quick succession.
        max_guilds_per_shard: More close with 4011.
        member_request_window: Seconds between requests for all members of a guild by one
            session; more often is answered with RATE_LIMITED. 0 does not watch it.
    """

    heartbeat_interval: float = 41.25
    heartbeat_patience: float = 0.0
    resume_window: float = 180.0
    replay_limit: int = 10_000
    send_limit: int = 64 * 1024 * 1024
    session_starts: int = 1000
    max_concurrency: int = 1
    identify_window: float = 0.0
    max_guilds_per_shard: int = 2500
    member_request_window: float = 30.0

    def __post_init__(self) -> None:
        if self.heartbeat_interval <= 0:
            raise ValueError("heartbeat_interval is a number of seconds above 0")
        if not self.heartbeat_patience:
            # A missed beat and a busy machine are forgiven.
            object.__setattr__(self, "heartbeat_patience", self.heartbeat_interval * 1.5 + 5.0)
