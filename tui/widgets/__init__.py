"""The widgets: each knows its rows and its keys, and neither a screen nor the book."""
