"""Speed and memory of this library beside discord.py and hikari; run `python -m benchmarks`."""
