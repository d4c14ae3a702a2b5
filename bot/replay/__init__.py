"""Playing scripted conversations through the real servers."""
