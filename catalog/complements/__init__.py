"""What goes with what: counted from orders, declared by the shop, or fitting by kind; never a look-alike."""
