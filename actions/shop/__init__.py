"""Carts, checkout and orders: ports and the embedded SQL shop."""
