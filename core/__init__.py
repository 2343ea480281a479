"""The domain of vitalfew: people, what is known of them, and what the user decided."""

__version__ = "0.1.0"
