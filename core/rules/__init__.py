"""Pure functions: no file, no database, no screen, no clock of their own."""
