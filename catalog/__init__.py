"""What we sell and what goes with what. Knows nothing of conversations or channels."""
