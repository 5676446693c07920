"""One module a command; each calls a service and says in Chinese what it did."""
