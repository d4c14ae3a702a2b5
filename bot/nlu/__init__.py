"""What runs inside Rasa (Python 3.10)."""
