"""Decisions into messages, in the shopper's locale."""
