"""A bot inside a program that has something else to do.

    DISCORD_TOKEN=… python examples/embedding.py

The program's work stays in the main thread; the bot runs beside it and tells how far it is
(``!status``), or ends it (``!stop``).
"""

import threading

from disruption import Client, Handler, MessageCreate


class Work:
    """The program's own business: jobs, one after another, until somebody says stop."""

    def __init__(self) -> None:
        self.done = 0
        self.stopping = threading.Event()

    def run(self) -> None:
        while not self.stopping.wait(timeout=0.1):
            self.done += 1


class Status(Handler):
    def __init__(self, work: Work) -> None:
        self.work = work

    def on_message(self, message: MessageCreate) -> None:
        if message.content == "!status":
            message.reply(f"{self.work.done} jobs done")
        elif message.content == "!stop":
            self.work.stopping.set()
            message.reply(f"Stopping after {self.work.done} jobs")


def main() -> None:
    work = Work()
    client = Client(Status(work))
    client.start(block=False)  # returns when the bot is connected
    print("ready", flush=True)
    try:
        work.run()
    finally:
        client.stop()  # lets handlers finish what they are saying
    print(f"{work.done} jobs done")


if __name__ == "__main__":
    main()
