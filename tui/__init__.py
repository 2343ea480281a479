"""Everything the terminal shows: the screens and the shell commands."""

from os import environ

# Textual would write a log of what it does, people's words among it, and reads this at its import.
environ.pop("TEXTUAL_LOG", None)
