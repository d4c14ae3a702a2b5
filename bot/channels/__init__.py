"""Codecs, pure: bytes to messages and back."""
