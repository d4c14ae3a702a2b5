"""Ranking what goes with a basket: an item-item model for the candidates, boosted trees for their order.

`learning.learn_ranker` makes it from past orders, `ranker.ComplementRanker` answers, `ranker_files` keeps it.
"""
