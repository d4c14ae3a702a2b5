"""Which claims a cart uses: as good as trying every way, and never worse than the largest first."""

from collections import Counter
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from actions.shop.choosing import Claim, choose

claims = st.lists(
    st.builds(
        Claim,
        id=st.sampled_from("123"),
        units=st.dictionaries(st.sampled_from("ABCD"), st.integers(1, 2), min_size=1, max_size=3),
        discounts=st.just({}),
        gain=st.integers(0, 20),
        most=st.sampled_from([1, 99]),
    ),
    max_size=3,
)
carts = st.dictionaries(st.sampled_from("ABCD"), st.integers(1, 3))


def _fits(claims: list[Claim], uses: tuple[int, ...], cart: dict[str, int]) -> bool:
    needed: Counter[str] = Counter()
    for claim, times in zip(claims, uses, strict=True):
        needed.update({product_id: number * times for product_id, number in claim.units.items()})
    return all(times <= claim.most for claim, times in zip(claims, uses, strict=True)) and all(
        number <= cart.get(product_id, 0) for product_id, number in needed.items()
    )


def _best(claims: list[Claim], cart: dict[str, int]) -> int:
    """Every way, tried one after the other."""
    ways = product(range(4), repeat=len(claims))
    return max(
        sum(claim.gain * times for claim, times in zip(claims, way, strict=True))
        for way in ways
        if _fits(claims, way, cart)
    )


@given(claims, carts)
def test_the_chosen_way_gains_as_much_as_the_best_of_all(claims, cart):
    assert sum(claim.gain * uses for claim, uses in choose(claims, cart)) == _best(claims, cart)


@given(claims, carts)
def test_no_unit_is_used_twice(claims, cart):
    chosen = choose(claims, cart)
    assert _fits([claim for claim, _ in chosen], tuple(uses for _, uses in chosen), cart)


def test_what_gains_the_same_goes_to_the_earlier():
    twins = [Claim(name, {"A": 1}, {}, 5) for name in "ab"]
    assert [(claim.id, uses) for claim, uses in choose(twins, {"A": 2})] == [("a", 2)]


def test_a_cart_of_many_rivals_is_settled_no_worse_than_largest_first():
    """28 sets over 8 products with 99 of each: far more ways than are looked at."""
    rivals = [Claim(a + b, {a: 1, b: 1}, {}, ord(a) + ord(b)) for a in "ABCDEFGH" for b in "ABCDEFGH" if a < b]
    rivals.sort(key=lambda claim: -claim.gain)
    free, greedy = Counter(dict.fromkeys("ABCDEFGH", 99)), 0
    for claim in rivals:
        uses = min(free[product_id] for product_id in claim.units)
        greedy += claim.gain * uses
        for product_id in claim.units:
            free[product_id] -= uses
    assert sum(claim.gain * uses for claim, uses in choose(rivals, dict.fromkeys("ABCDEFGH", 99))) >= greedy
