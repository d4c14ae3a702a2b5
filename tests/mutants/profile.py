"""A pytest plug-in for the mutation check: fewer examples, always the same ones, and a fault that is found is enough:
nobody reads the smallest example of it."""

from hypothesis import Phase, settings

settings.register_profile(
    "mutants",
    max_examples=25,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),
)
settings.load_profile("mutants")
