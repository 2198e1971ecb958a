"""What a client refuses before it connects: handlers, tokens, arguments."""

from __future__ import annotations

import functools
import logging
from typing import Any

import pytest

from disruption import Client, Handler, InvalidArgument, InvalidHandler, InvalidToken, MessageCreate

GOOD = "good.token"


def client(handler: Any = None, token: str | None = GOOD, **options: Any) -> Client:
    return Client(handler, token, rest_url="http://127.0.0.1:9/api/v10", **options)


class Plain(Handler):
    def on_message(self, message: Any) -> None: ...


def test_a_class_instead_of_an_instance():
    with pytest.raises(InvalidHandler, match=r"Client\(Plain\(\)"):
        client(Plain)


def test_something_that_is_no_handler():
    class Other:
        def on_message(self, message: Any) -> None: ...

    with pytest.raises(InvalidHandler, match=r"class Other\(Handler\)"):
        client(Other())


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("on_mesage", "on_message"),
        ("on_messsage", "on_message"),
        ("on_Message", "on_message"),
        ("on_message_create", "on_message"),
        ("on_interaction_create", "on_interaction"),
        ("on_guild_membr_add", "on_guild_member_add"),
        ("on_typing_started", "on_typing_start"),
        ("on_reconnect", "on_connect"),
        ("on_errors", "on_error"),
    ],
)
def test_a_slip_in_a_methods_name(name: str, meant: str):
    cls = type("Slip", (Handler,), {name: lambda self, event: None})
    with pytest.raises(InvalidHandler, match=rf"Slip\.{name} .* did you mean {meant}\?"):
        client(cls())


def test_other_methods_are_left_alone():
    class Own(Plain):
        on_sale = True

        def on_duty(self) -> None: ...

        async def fetch(self) -> None: ...

    client(Own())


def test_an_async_method():
    class Async(Handler):
        async def on_message(self, message: Any) -> None: ...

    with pytest.raises(InvalidHandler, match=r"Async\.on_message is an async def"):
        client(Async())


def test_an_async_setup_and_an_async_on_error():
    class Setup(Handler):
        async def setup(self, client: Any) -> None: ...  # type: ignore[override]

    class Error(Handler):
        async def on_error(self, error: Any, event: Any) -> None: ...  # type: ignore[override]

    for cls in (Setup, Error):
        with pytest.raises(InvalidHandler, match="async def"):
            client(cls())


def test_methods_that_are_set_on_the_object():
    async def later(message: Any) -> None: ...

    handler: Any = Plain()
    handler.on_message = later
    with pytest.raises(InvalidHandler, match="async def"):
        client(handler)
    handler.on_message = lambda message: None
    client(handler)
    handler.on_message = None
    client(handler)


def test_a_method_that_is_no_function():
    class Odd(Handler):
        on_message: Any = "hello"

    with pytest.raises(InvalidHandler, match=r"Odd\.on_message is no function: 'hello'"):
        client(Odd())


def test_an_async_function():
    bot = client()

    async def greet(message: Any) -> None: ...

    for function in (greet, functools.partial(greet)):
        with pytest.raises(InvalidHandler, match="greet is an async def"):
            bot.on(MessageCreate)(function)


def test_an_async_check_would_be_true_of_everything():
    bot = client()

    async def check(message: Any) -> bool:
        return False

    for receive in (bot.wait_for, bot.expecting, bot.events):
        with pytest.raises(InvalidHandler, match="check is an async def"):
            receive(MessageCreate, check=check)


@pytest.mark.parametrize("make", ["channel", "guild", "partial_user"])
def test_handles_are_of_ids(make: str):
    handle_of = getattr(client(), make)
    handle = handle_of("5")
    assert handle_of(5).id == handle_of(handle).id == handle.id == 5
    for bad in ("general", -1, None, 1.5):
        with pytest.raises(InvalidArgument, match="_id must be"):
            handle_of(bad)


def test_wrong_parameters():
    class Wrong(Handler):
        def on_message_delete(self, message: Any) -> None: ...  # type: ignore[override]

    with pytest.raises(InvalidHandler) as caught:
        client(Wrong())
    assert "Wrong.on_message_delete" in str(caught.value)
    assert "(message_id, channel_id, guild_id)" in str(caught.value)


def test_a_method_without_self():
    class Forgot(Handler):
        def on_message(message: Any) -> None: ...  # type: ignore[override]

    with pytest.raises(InvalidHandler, match=r"Forgot\.on_message"):
        client(Forgot())


def test_more_parameters_with_defaults_and_other_names_are_fine():
    class Free(Handler):
        def on_message(self, m: Any, extra: int = 0) -> None: ...

        def on_ready(self, *args: Any) -> None: ...

        @staticmethod
        def on_guild_create(guild: Any) -> None: ...

    client(Free())


def test_functions_are_for_events():
    bot = client()
    for wrong in (str, Handler, "MESSAGE_CREATE", 3):
        with pytest.raises(InvalidArgument, match="MessageCreate"):
            bot.on(wrong)  # type: ignore[arg-type]
    with pytest.raises(InvalidArgument, match="at least one"):
        bot.on()
    with pytest.raises(InvalidHandler):
        bot.on(MessageCreate)(3)  # type: ignore[type-var]


def test_on_without_its_parentheses_says_so():
    bot = client()
    with pytest.raises(InvalidArgument, match=r"'greet' is a function.*parentheses"):

        @bot.on  # type: ignore[arg-type]
        def greet(message: MessageCreate) -> None: ...


@pytest.mark.parametrize(
    ("token", "says"),
    [
        ("", "empty"),
        ("Bot ", "empty"),
        (" good.token", "strip"),
        ("good.token\n", "strip"),
        ("good token", "spaces"),
        ("good\ntoken", "line breaks"),
        ("good.tokén", "characters"),
        ("good\x00token", "characters"),
        ('"good.token"', "quotes"),
        ("'good.token'", "quotes"),
        (b"good.token", "str"),
    ],
)
def test_a_token_that_cannot_be_one(token: Any, says: str):
    with pytest.raises(InvalidToken, match=says) as caught:
        client(token=token)
    assert "good" not in str(caught.value)


def test_the_prefix_is_taken_off_and_said_once(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.WARNING):
        bot = client(token="Bot good.token")
    assert bot._token == GOOD
    assert len(caplog.records) == 1
    assert "good" not in caplog.text


def test_the_token_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DISCORD_TOKEN", "from.environment")
    assert client(token=None)._token == "from.environment"
    monkeypatch.setenv("DISCORD_TOKEN", "")
    with pytest.raises(InvalidToken, match="DISCORD_TOKEN is empty"):
        client(token=None)
    monkeypatch.delenv("DISCORD_TOKEN")
    with pytest.raises(InvalidToken, match="set DISCORD_TOKEN"):
        client(token=None)


def test_the_token_is_in_no_repr():
    bot = client()
    bot.rest.close()
    for thing in (bot, bot.rest, bot.stats, bot.dispatcher, bot.counters):
        assert GOOD not in repr(thing)


@pytest.mark.parametrize(
    "options",
    [
        {"shard": (1, 1)},
        {"shard": (-1, 2)},
        {"large_threshold": 49},
        {"large_threshold": 251},
        {"compress": "gzip"},
        {"workers": 0},
        {"workers": "8"},
        {"workers": 1.5},
        {"max_threads": True},
        {"patience": "long"},
        {"slow_handler": "10"},
        {"auto_defer": "soon"},
        {"queue_bytes": "1 MB"},
        {"max_threads": 1, "workers": 2},
        {"patience": -1.0},
        {"queue_bytes": 0},
        {"ordering": "user"},
        {"shard": 5},
        {"shard": ("0", "1")},
        {"intents": "all"},
        {"intents": -1},
        {"intents": True},
        {"presence": "idle"},
        {"large_threshold": "60"},
        {"max_message_size": 0},
        {"max_message_size": "1 MB"},
        {"session": 5},
        {"timeouts": 5},
        {"name": 5},
        {"sync": True},
    ],
)
def test_arguments_that_cannot_be_right(options: dict[str, Any]):
    with pytest.raises(InvalidArgument):
        client(**options)


def test_a_generator_is_refused_since_it_would_never_run() -> None:
    class Yielding(Handler):
        def on_message(self, message: Any) -> Any:
            yield

    with pytest.raises(InvalidHandler, match=r"Yielding\.on_message has a yield"):
        Client(Yielding(), "a.b.c")

    def greet(message: Any) -> Any:
        yield

    with pytest.raises(InvalidHandler, match="greet has a yield"):
        Client(token="a.b.c").on(MessageCreate)(greet)
