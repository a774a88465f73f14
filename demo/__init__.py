"""A small web of our own making, served on loopback, for the demonstration and the tests."""
