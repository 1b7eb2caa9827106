"""Running an installation: the commands that serve it, keep its database and look after its health."""
