"""A quiz night: ``/quiz`` gathers players, asks them, and counts.

    DISCORD_TOKEN=… python examples/quiz_night.py
    disruption run examples/quiz_night.py --local       # or with no token at all

A quiz is one function from its first message to its last, and what it knows are local
variables. Any number of them run at once, in channels of their own. A restart ends them, and
their buttons then say so.
"""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from disruption import (
    Client,
    Context,
    Embed,
    InteractionContextType,
    Range,
    escape_markdown,
    max_concurrency,
)

LOBBY = 120.0  # seconds to join in
MEDALS = {1: "🥇", 2: "🥈", 3: "🥉"}

client = Client()


@dataclass(frozen=True)
class Question:
    text: str
    right: str
    wrong: tuple[str, ...]


QUESTIONS = (
    Question("Which planet is the largest?", "Jupiter", ("Saturn", "Neptune", "Mars")),
    Question("What is the capital of Australia?", "Canberra", ("Sydney", "Melbourne", "Perth")),
    Question("How many strings has a violin?", "4", ("5", "6", "8")),
    Question("Who wrote Frankenstein?", "Mary Shelley", ("Bram Stoker", "Jane Austen")),
    Question("What is the chemical symbol of gold?", "Au", ("Ag", "Go", "Gd")),
    Question("Which animal sleeps standing up?", "Horse", ("Cat", "Bear", "Otter")),
    Question("Which sea has no coast?", "Sargasso Sea", ("Dead Sea", "Red Sea", "Black Sea")),
    Question("In which year was Python released?", "1991", ("1985", "1995", "2000")),
)


@client.command(contexts=[InteractionContextType.GUILD])
@max_concurrency(1, by="channel")
def quiz(
    ctx: Context,
    rounds: Annotated[int, Range(1, len(QUESTIONS))] = 3,
    seconds: Annotated[int, Range(1, 60)] = 20,
) -> None:
    """Hold a quiz in this channel.

    Args:
        rounds: How many questions.
        seconds: Time for each answer.
    """
    # At most two minutes and eight: Discord takes answers to a command for fifteen.
    players = gather(ctx)
    if not players:
        ctx.respond("Nobody came. Another time!")
        return
    scores = Counter(dict.fromkeys(players, 0))
    for number, question in enumerate(random.sample(QUESTIONS, rounds), 1):
        title = f"**{number} of {rounds}:** {question.text}"
        points = play(ctx, title, question, players, seconds)
        scores.update(points)
        names = [f"{players[player]} (+{won})" for player, won in points.items()]
        ctx.respond(f"It is **{question.right}**. Right: {', '.join(names) or 'nobody'}.")
    ctx.respond(embeds=[Embed(title="The quiz is over", description=table(scores, players))])


def gather(ctx: Context) -> dict[int, str]:
    """Return the names of those who want to play, by their ids."""
    players: dict[int, str] = {}
    invitation = f"{ctx.author.mention} holds a quiz. Who plays?"
    with ctx.clicks(invitation, ["I play", "Begin"], timeout=LOBBY) as clicks:
        for click in clicks:
            if click.choice == "I play":
                shown = (click.member or click.author).display_name
                players[click.author.id] = escape_markdown(shown)
                click.update(f"{invitation} {', '.join(players.values())}")
            elif click.author != ctx.author:
                click.respond(f"{ctx.author.mention} begins.", ephemeral=True)
            elif players:
                break
            else:
                click.respond("Nobody plays yet.", ephemeral=True)
    return players


def play(
    ctx: Context, title: str, question: Question, players: Mapping[int, str], seconds: float
) -> dict[int, int]:
    """Ask one question; return the points of those who were right, the quickest first."""
    options = [question.right, *question.wrong]
    random.shuffle(options)
    answered: set[int] = set()
    points: dict[int, int] = {}
    with ctx.clicks(title, options, users=players, timeout=seconds) as clicks:
        for click in clicks:
            player = click.author.id
            if player in answered:
                click.respond("Your first answer counts.", ephemeral=True)
                continue
            answered.add(player)
            if click.choice == question.right:
                points[player] = 1 if points else 2
            click.respond(f"You say {click.choice}.", ephemeral=True)
            if len(answered) == len(players):
                break
    return points


def table(scores: Mapping[int, int], players: Mapping[int, str]) -> str:
    """Return the final table; who has as many points shares a place."""
    ranking = sorted(scores.values(), reverse=True)
    lines = []
    for player in sorted(scores, key=lambda each: -scores[each]):
        place = ranking.index(scores[player]) + 1
        lines.append(f"{MEDALS.get(place, f'{place}.')} {players[player]}: {scores[player]}")
    return "\n".join(lines)


if __name__ == "__main__":
    client.sync_commands()
    client.run()
