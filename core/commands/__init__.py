"""One module a use case: a frozen dataclass and its handler."""
