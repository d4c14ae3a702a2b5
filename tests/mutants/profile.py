"""A pytest plug-in for the mutation check: fewer examples, always the same ones, and no clock among the reasons."""

from hypothesis import settings

settings.register_profile("mutants", max_examples=25, derandomize=True, deadline=None, database=None)
settings.load_profile("mutants")
