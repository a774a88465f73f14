"""The daemon and composition root."""
