"""How well and how fast duplicates are found on lists whose truth is known."""
