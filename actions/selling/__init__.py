"""Use cases and pure policy of offers."""
