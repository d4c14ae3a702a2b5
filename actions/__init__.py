"""What we do in a conversation: use cases, policy, the embedded shop, speech and storage."""
