"""A script that reports through a webhook: no bot, no token, no client.

    DISCORD_WEBHOOK=https://discord.com/api/webhooks/…/… python examples/webhook.py

Discord shows a webhook's address under Channel settings → Integrations → Webhooks.
"""

import os

from disruption import File, Webhook


def main() -> None:
    webhook = Webhook.from_url(os.environ["DISCORD_WEBHOOK"])
    message = webhook.send("Backup: running", username="Backup")
    report = "\n".join(f"table {number}: saved" for number in range(1, 4))
    webhook.edit_message(
        message.id, "Backup: done", files=[File(report.encode(), filename="report.txt")]
    )


if __name__ == "__main__":
    main()
