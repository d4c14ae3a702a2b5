"""Starts, watches and stops the three processes."""
