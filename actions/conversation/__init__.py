"""What the assistant does in a turn, apart from selling: finding, explaining, carts, orders, people.

A use case is a function of an `Assistant` (the services) and a `Request` (what was said) to a `Reply`.
"""
