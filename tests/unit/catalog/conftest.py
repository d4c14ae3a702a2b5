from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.catalogue import Catalogue, build_index, open_catalogue
from catalog.complements.ranking.learning import LearnedRanker, learn_ranker
from catalog.complements.ranking.ranker import ComplementRanker
from catalog.feed import ShopFolder, read_shop
from tests.fakes import theme_shop
from tests.fakes.hash_encoder import HashEncoder, hash_model

PRODUCTS = """\
id,title,description,price,availability,item_group_id,brand,color,size,material,product_type,weight_g,capacity_persons
TENT-A2-G,"Aero 2 tent, green",Light tent for two,189.00,in_stock,TENT-A2,Fell,green,,nylon,Camping > Tents,1900,2
TENT-A2-O,"Aero 2 tent, orange",Light tent for two,189.00,out_of_stock,TENT-A2,Fell,orange,,nylon,Camping > Tents,1900,2
TENT-H4,Haven 4 family tent,Room for a family,279.00,in_stock,,Fell,sand,,polyester,Camping > Tents,7200,4
FOOT-A2,Footprint for Aero 2,Groundsheet,32.00,in_stock,,Fell,grey,,nylon,Camping > Tent footprints,180,
FOOT-H4,Footprint for Haven 4,Groundsheet,39.00,in_stock,,Fell,grey,,nylon,Camping > Tent footprints,300,
PEG-VEE,"Vee pegs, set of 10",Aluminium pegs,12.50,in_stock,,Fell,silver,,aluminium,Camping > Tent pegs,120,
JACKET-N-M,"Drizzle waterproof jacket, navy, M",With a hood,69.00,in_stock,JACKET,Rill,navy,M,nylon,Rain > Jackets,,
JACKET-N-L,"Drizzle waterproof jacket, navy, L",With a hood,69.00,in_stock,JACKET,Rill,navy,L,nylon,Rain > Jackets,,
JACKET-B-M,"Drizzle waterproof jacket, black, M",With a hood,79.00,in_stock,JACKET,Rill,black,M,nylon,Rain > Jackets,,
COAT-M,"Moor wax jacket, brown, M",No extras,120.00,in_stock,,Rill,brown,M,cotton,Rain > Jackets,,
STOVE,Spark gas stove,Small stove,29.00,in_stock,,Cinder,,,steel,Cooking > Stoves,90,
STOVE-XL,Hearth family stove,Two flames,89.00,in_stock,,Cinder,,,steel,Cooking > Stoves,2400,
GAS,Gas cartridge 230 g,Fuel,7.50,in_stock,,Cinder,,,,Cooking > Gas,,
MUG-R,"Enamel mug, red",Mug,8.50,in_stock,MUG,Cinder,red,,enamel,Cooking > Mugs,,
MUG-B,"Enamel mug, blue",Mug,8.50,in_stock,MUG,Cinder,blue,,enamel,Cooking > Mugs,,
"""
COMPATIBILITY = """\
rules:
  - {accessories: [FOOT-A2], hosts: [TENT-A2], note: Cut to the Aero 2}
  - {accessories: [FOOT-H4], hosts: [TENT-H4], note: Cut to the Haven 4}
  - {accessories: [PEG-VEE], hosts: [TENT-A2, TENT-H4], exclusive: false, note: Hold any tent}
"""
FAQ = """\
faq:
  - topic: shipping
    questions: [How much is delivery, What does shipping cost]
    answer: Delivery costs 3.95.
  - topic: returns
    questions: [Can I send it back]
    answer: Within 60 days.
"""


def orders_text() -> str:
    """40 tents with pegs, 30 of them with a mug; 60 stoves with gas; 100 lone gas cartridges and mugs."""
    lines = ["order_id,timestamp,customer_id,product_id,quantity,unit_price"]
    for number in range(40):
        lines += [f"T{number},2026-01-01,C,TENT-A2-G,1,189", f"T{number},2026-01-01,C,PEG-VEE,1,12.5"]
        lines += [f"T{number},2026-01-01,C,TENT-H4,1,279"] if number < 6 else []
    for number in range(60):
        lines += [f"S{number},2026-01-01,C,STOVE,1,29", f"S{number},2026-01-01,C,GAS,2,7.5"]
        lines += [f"S{number},2026-01-01,C,MUG-R,1,8.5"] if number < 30 else []
    lines += [f"L{number},2026-01-01,C,{('GAS', 'MUG-B', 'JACKET-N-M')[number % 3]},1,7.5" for number in range(200)]
    return "\n".join(lines) + "\n"


WriteShop = Callable[..., Path]


@pytest.fixture
def write_shop(tmp_path: Path) -> WriteShop:
    """Writes files into a shop folder: name -> text or bytes."""

    def write(**files: str | bytes) -> Path:
        folder = tmp_path / "shop"
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            path = folder / name.replace("__", ".")
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    return write


@pytest.fixture(scope="session")
def small_shop(tmp_path_factory: pytest.TempPathFactory) -> ShopFolder:
    folder = tmp_path_factory.mktemp("small") / "small"
    folder.mkdir()
    (folder / "products.csv").write_text(PRODUCTS)
    (folder / "orders.csv").write_text(orders_text())
    (folder / "compatibility.yml").write_text(COMPATIBILITY)
    (folder / "faq.yml").write_text(FAQ)
    return read_shop(folder)


@pytest.fixture(scope="session")
def catalogue(small_shop: ShopFolder, tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    home, encoder = tmp_path_factory.mktemp("home"), HashEncoder()
    build_index(home, small_shop.products, small_shop.orders_path, small_shop.documents, hash_model(encoder))
    return open_catalogue(home, small_shop.products, small_shop.documents, encoder)


@pytest.fixture(scope="session")
def learned() -> LearnedRanker:
    """What the theme shop's orders teach."""
    return learn_ranker(theme_shop.history(), theme_shop.items(), theme_shop.UNIT_OF)


@pytest.fixture(scope="session")
def ranker(learned: LearnedRanker) -> ComplementRanker:
    return learned.ranker()
