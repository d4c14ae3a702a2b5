"""Finding products: what a query means, which vectors and words match it, and how the two are fused."""
