"""Commands, components and dialogues: plain functions whose signature is their schema."""
