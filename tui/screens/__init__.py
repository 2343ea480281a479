"""The screens: each shows a read model and turns keys into commands."""
