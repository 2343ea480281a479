"""Everything the terminal shows: the screens and the shell commands."""
