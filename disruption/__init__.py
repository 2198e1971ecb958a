"""Discord bots in plain, blocking Python."""

__version__ = "0.1.0"
