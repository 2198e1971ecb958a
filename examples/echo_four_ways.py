"""An echo bot that receives messages in each of the four ways there are.

    DISCORD_TOKEN=… python examples/echo_four_ways.py

Say ``!method hello``, ``!function hello``, ``!wait`` (and then something), ``!loop hello``.
"""

import contextlib

from disruption import Client, Handler, MessageCreate, WaitTimeout


class Echo(Handler):
    def setup(self, client: Client) -> None:
        self.client = client

    def on_message(self, message: MessageCreate) -> None:
        """First way: a method of the handler. It runs on a worker thread and may block."""
        if message.content.startswith("!method "):
            message.reply("method: " + message.content.removeprefix("!method "))
        elif message.content == "!wait":
            self.echo_the_next(message)

    def echo_the_next(self, message: MessageCreate) -> None:
        """Second way: wait, in the middle of a handler. Other handlers go on meanwhile."""
        message.reply("I am listening.")
        try:
            heard = self.client.wait_for(
                MessageCreate, channel_id=message.channel_id, author=message.author, timeout=60
            )
        except WaitTimeout:
            message.reply("You said nothing.")
        else:
            heard.reply("wait: " + heard.content)


client = Client(Echo())


@client.on(MessageCreate)
def echo(message: MessageCreate) -> None:
    """Third way: a function of its own."""
    if message.content.startswith("!function "):
        message.reply("function: " + message.content.removeprefix("!function "))


def main() -> None:
    """Fourth way: a loop, here in the main thread."""
    with client:
        messages = client.events(MessageCreate)
        print("ready", flush=True)
        for message in messages:
            if message.content.startswith("!loop "):
                message.reply("loop: " + message.content.removeprefix("!loop "))


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
