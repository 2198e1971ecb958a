"""The smallest bot: it answers !ping.

Run it with the bot's token in the environment:

    DISCORD_TOKEN=… python examples/ping.py
"""

from disruption import Client, Handler, Message


class MyBot(Handler):
    def on_message(self, message: Message) -> None:
        if message.content == "!ping":
            message.reply("Pong!")


client = Client(MyBot())  # token=None reads DISCORD_TOKEN

if __name__ == "__main__":
    client.connect()
    client.start()
