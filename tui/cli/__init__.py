"""The shell: the same commands and queries as the screens; stdout is data, stderr is words."""
