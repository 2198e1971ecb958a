"""Dialogues: questions that block and return the answer."""
