from dataclasses import replace

import yaml

from datasets.formats.huggingface import readme
from datasets.provenance import Provenance
from tests.datasets.formats.test_card import CARD


def front_of(card) -> dict:
    return yaml.safe_load(readme(card, "# card", ["train"]).decode().split("---\n")[1])


def test_a_name_cannot_break_out_of_the_yaml() -> None:
    facts = front_of(replace(CARD, name="a\n---\nlicense: mit", provenance=Provenance(licence='"x": y')))
    assert facts["pretty_name"].startswith("a\n---\nlicense: mit")
    assert (facts["license"], facts["license_name"]) == ("other", '"x": y')


def test_simulated_data_is_tagged() -> None:
    assert "simulated" in front_of(replace(CARD, simulated=True))["tags"]
    assert "simulated" not in front_of(CARD)["tags"]
