"""Which mentions are the same: matchers propose, clusters decide under what forbids."""
