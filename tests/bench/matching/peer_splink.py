"""Splink 5 with settings after its own demos, on one file; run by a Python that has it.

python peer_splink.py FILE OUT    writes the group of each row, one a line
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import sys
from pathlib import Path
from typing import Any

# Its demos take .5 for contacts and .95 for registers.
CONTACTS, REGISTER = 0.5, 0.95
SAMPLE = 1e6
FIRST = ("given", "given_name", "first_name", "fname_c1")
LAST = ("family", "surname", "lname_c1")
EXACT = ("city", "org", "gender", "occupation", "birth_place", "suburb", "state")
EDITED = ("dob", "date_of_birth", "soc_sec_id", "postcode", "postcode_fake", "address_1")


def rows(path: str) -> list[dict[str, Any]]:
    """What splink is given: names apart, the first address, the last digits of the first number."""
    packed = Path(path).read_bytes()
    text = (gzip.decompress(packed) if path.endswith(".gz") else packed).decode()
    entries = list(csv.DictReader(io.StringIO(text, newline="")))
    found = []
    for at, entry in enumerate(entries):
        whole = (entry.get("name") or entry.get("full_name") or "").lower().split()
        first = next((entry[key] for key in FIRST if entry.get(key)), "") or " ".join(whole[:1])
        last = next((entry[key] for key in LAST if entry.get(key)), "") or " ".join(whole[1:][-1:])
        mail = (entry.get("emails") or entry.get("email") or "").split(";")[0].lower()
        phone = re.sub(r"\D", "", entry.get("phones", "").split(";")[0])[-8:]
        handle = entry.get("handles", "").split(";")[0].lower().rstrip("/").rpartition("/")[2]
        row: dict[str, Any] = {"unique_id": at, "first": first.lower(), "last": last.lower()}
        row |= {"email": mail, "phone": phone, "handle": handle}
        row |= {key: entry[key].lower() for key in (*EXACT, *EDITED) if key in entry}
        found.append({key: None if value == "" else value for key, value in row.items()})
    return found


def main(path: str, out: str) -> None:
    import pyarrow as pa  # type: ignore[import-not-found]
    import splink.comparison_library as cl  # type: ignore[import-not-found]
    from splink import (
        DuckDBAPI,
        Linker,
        SettingsCreator,
        block_on,
    )

    entries = rows(path)
    known = {key for entry in entries for key, value in entry.items() if value is not None}
    frequent = {"term_frequency_adjustments": True}
    comparisons = [cl.NameComparison(key).configure(**frequent) for key in ("first", "last")]
    if "email" in known:
        comparisons.append(cl.EmailComparison("email").configure(**frequent))
    single = [key for key in ("phone", "handle", *EXACT) if key in known]
    comparisons += [cl.ExactMatch(key).configure(**frequent) for key in single]
    comparisons += [cl.LevenshteinAtThresholds(key, 2) for key in EDITED if key in known]
    blocks = [block_on("first", "last")]
    alone = ("email", "phone", "handle", "soc_sec_id")
    blocks += [block_on(key) for key in alone if key in known]
    others = [key for key in (*EXACT, *EDITED) if key in known]
    blocks += [block_on(name, key) for key in others for name in ("first", "last")]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=blocks,
    )
    api = DuckDBAPI()
    linker = Linker(api.register(pa.Table.from_pylist(entries)), settings)
    linker.training.estimate_probability_two_random_records_match(blocks[:2], recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLE, seed=1)
    for rule in (blocks[0], block_on("last", others[0]) if others else blocks[-1]):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    least = CONTACTS if {"email", "phone"} & known else REGISTER
    found = linker.inference.predict(threshold_match_probability=least)
    groups = linker.clustering.cluster_pairwise_predictions_at_threshold(found, least)
    group = {row["unique_id"]: row["cluster_id"] for row in groups.as_record_list()}
    numbers = {name: at for at, name in enumerate(dict.fromkeys(group.values()))}
    lines = [str(numbers[group[at]]) for at in range(len(entries))]
    Path(out).write_text("\n".join(lines) + "\n", encoding="ascii")


if __name__ == "__main__":
    main(*sys.argv[1:])
