"""Read models, one module a screen: plain SQL to NamedTuples."""
