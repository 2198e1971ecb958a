"""Which functions an event goes to."""

from __future__ import annotations

import threading

from dispatch_bench import DEADLINE, Event, Typing

from disruption.dispatch.router import Router


class Defaults:
    def on_event(self, event: object) -> None: ...

    def on_message(self, message: object) -> None: ...

    def on_typing(self, channel_id: int, number: int) -> None: ...


METHODS = {
    Event: ("on_message", None),
    Typing: ("on_typing", lambda event: (event.channel_id, event.number)),
}


def names(router: Router, cls: type) -> list[str]:
    return [target.name for target in router.targets(cls)]


def test_a_method_that_does_nothing_is_not_listened_to() -> None:
    router = Router(Defaults(), METHODS, defaults=Defaults)
    assert not router.listens(Event)
    assert not router.listens(Typing)
    assert not router.listens(int)


def test_takes_the_arguments_from_the_event() -> None:
    got: list[object] = []

    class Bot(Defaults):
        def on_typing(self, channel_id: int, number: int) -> None:
            got.append((channel_id, number))

    router = Router(Bot(), METHODS, defaults=Defaults)
    (target,) = router.targets(Typing)
    target.call(Typing(number=2, channel_id=7))
    assert got == [(7, 2)]
    assert target.name.endswith("Bot.on_typing")
    assert not router.listens(Event)


def test_order_is_method_then_on_event_then_functions() -> None:
    class Bot(Defaults):
        def on_event(self, event: object) -> None: ...

        def on_message(self, message: object) -> None: ...

    router = Router(Bot(), METHODS, defaults=Defaults)
    router.add(Event, print, "first")
    router.add(object, print, "second")
    assert [name.rsplit(".", 1)[-1] for name in names(router, Event)] == [
        "on_message",
        "on_event",
        "first",
        "second",
    ]
    assert router.listens(int)


def test_a_subclass_goes_to_its_bases_method_and_functions() -> None:
    class Bot(Defaults):
        def on_message(self, message: object) -> None: ...

    class Special(Event): ...

    router = Router(Bot(), METHODS, defaults=Defaults)
    router.add(Event, print, "function")
    assert len(router.targets(Special)) == 2
    assert len(router.targets(Typing)) == 1  # it has a method of its own, which does nothing


def test_a_method_given_to_the_instance_counts() -> None:
    bot = Defaults()
    bot.on_message = lambda message: None  # type: ignore[method-assign]
    assert Router(bot, METHODS, defaults=Defaults).listens(Event)


def test_removes_for_one_class_or_all() -> None:
    router = Router()
    router.add(Event, print)
    router.add(Typing, print)
    assert router.remove(print, Typing) == 1
    assert router.listens(Typing)  # as an Event
    assert router.remove(print) == 1
    assert router.remove(print) == 0
    assert not router.listens(Event)


def test_changes_from_many_threads_are_all_kept() -> None:
    router = Router()
    go = threading.Barrier(4)

    def add() -> None:
        go.wait(DEADLINE)
        for _ in range(200):
            router.add(Event, print)
            router.targets(Event)

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(DEADLINE)
    assert len(router.targets(Event)) == 800
