"""One module a format: each looks at a container (`sniff`) and reads it (`read`)."""
