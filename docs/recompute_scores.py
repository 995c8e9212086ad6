#!/usr/bin/env python3
"""Recomputes the scores of an Arcloom results file from its entries alone: python3 recompute_scores.py RESULTS.json

Prints them as JSON, and ends with 1 where one differs from what the file's metadata says by more than 1e-12.
Needs nothing but the standard library. docs/scoring.md says what each score means.
"""

import json
import sys
from math import comb


def recompute(entries, tasks, test_outputs, samples):
    """Scores of the entries of one split. Items that are not among them count as wrong: the denominators do."""
    shares, solved, matched_outputs, right_samples = [], 0, 0, []
    for entry in entries:
        expected = [pair["output"] for pair in entry["task_data"]["test"]]
        matched = sum(output in attempts for output, attempts in zip(expected, entry["selected"]))
        shares.append(matched / len(expected))
        solved += matched == len(expected)
        matched_outputs += matched
        right_samples.append(sum(outputs == expected for outputs in entry["test_outputs"]))
    return {
        "leaderboard": sum(shares) / tasks,
        "strict": solved / tasks,
        "per_output": matched_outputs / test_outputs,
        # Chen et al. 2021: 1 - C(n - c, k) / C(n, k), the mean over tasks.
        "pass_at": [
            sum(1 - comb(samples - c, k) / comb(samples, k) for c in right_samples) / tasks
            for k in range(1, samples + 1)
        ],
    }


def main(path):
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    metadata, largest = document["metadata"], 0
    for told in metadata["scores"]:
        entries = [e for e in document["results"] if (e["dataset"], e["split"]) == (told["dataset"], told["split"])]
        scores = recompute(entries, told["tasks"], told["test_outputs"], metadata["best_of"])
        print(json.dumps({"dataset": told["dataset"], "split": told["split"], **scores}))
        for name, value in scores.items():
            values, others = (value, told[name]) if isinstance(value, list) else ([value], [told[name]])
            largest = max(largest, *(abs(a - b["value"]) for a, b in zip(values, others, strict=True)))
    print(f"largest difference to the file's metadata: {largest:.1e}", file=sys.stderr)
    return largest > 1e-12


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
