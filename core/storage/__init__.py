"""The one file everything is kept in."""
