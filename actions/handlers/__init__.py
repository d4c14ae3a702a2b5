"""rasa-sdk actions, thin: read slots, call one use case, speak."""
