"""One bot a library, each started in a process of its own by the runner."""
