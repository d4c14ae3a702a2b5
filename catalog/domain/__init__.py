"""Values and rules of the shop. Standard library only, and pure: no clock, no file, no randomness."""
