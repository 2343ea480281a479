"""The sample book: a few hundred invented people around one invented owner."""
