"""Ranking what goes with a basket: an item-item model for the candidates, boosted trees for their order.

`training.learn` makes a `ranker.ComplementRanker` from past orders; everything else here serves those two.
"""
