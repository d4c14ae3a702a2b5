"""Simulated shoppers against the real offer engine; every promise is checked at every turn."""
