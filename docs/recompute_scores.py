#!/usr/bin/env python3
"""Recomputes the attempts and the scores of an Arcloom results file from what its samples gave:

    python3 recompute_scores.py RESULTS.json [--selection RULE]

For each test input it chooses two attempts as the run's rule does, from the samples' programs, what they gave for the train
inputs, and what they gave for the test input. It compares them with the attempts in the file, computes the scores, and compares
those with the metadata. With --selection it chooses by another rule, and compares nothing. The scores are printed as JSON lines.

Exit code: 0 where all is as the file says, 1 where something differs, 2 where the file or a rule cannot be read.
Needs nothing but the standard library. docs/scoring.md says what scores and rules mean.
"""

import argparse
import hashlib
import json
import sys
from math import comb


class Unreadable(Exception):
    pass


# Selection


def read_candidate(entry, sample):
    """What a rule may know of a sample: how its program did on the train pairs. None: a grid that no program made."""
    program = entry["python_code"][sample]
    if program is None:
        return None
    expected = [pair["output"] for pair in entry["task_data"]["train"]]
    given = entry["train_outputs"][sample]
    # As JavaScript measures and encodes text.
    text = program.encode("utf-16-le", "surrogatepass")
    return {
        "passes": given == expected,
        "cells": sum(count_right_cells(a, b) for a, b in zip(given, expected)),
        "length": len(text) // 2,
        "hash": hashlib.sha256(text.decode("utf-16-le", "replace").encode()).hexdigest(),
    }


def count_right_cells(given, expected):
    if given is None or len(given) != len(expected) or len(given[0]) != len(expected[0]):
        return 0
    return sum(a == b for row, other in zip(given, expected) for a, b in zip(row, other))


def train_pass_then_votes(backers):
    """Votes among those that pass all train pairs; then train cells right, the shorter program, its hash."""
    votes = sum(backer is None or backer["passes"] for backer in backers)
    programs = [(not b["passes"], -b["cells"], b["length"], b["hash"]) for b in backers if b is not None]
    return (-votes, min(programs, default=()))


def votes_alone(backers):
    return (-len(backers),)


RULES = {("train-pass-then-votes", 1): train_pass_then_votes, ("votes-alone", 1): votes_alone}


def select_attempts(entry, rule):
    """Per test input at most two different grids, best first. Ties are broken by the grid's text."""
    candidates = [read_candidate(entry, sample) for sample in range(entry["best_of"])]
    selected = []
    for test in range(len(entry["task_data"]["test"])):
        proposals = {}
        for candidate, outputs in zip(candidates, entry["test_outputs"], strict=True):
            grid = outputs[test] if test < len(outputs) else None
            if grid is not None:
                proposals.setdefault(json.dumps(grid, separators=(",", ":")), []).append(candidate)
        best = sorted(proposals, key=lambda text: (rule(proposals[text]), text))[:2]
        selected.append([json.loads(text) for text in best])
    return selected


# Scores


def score(entries, attempts, tasks, test_outputs, samples):
    """Scores of the entries of one split. Items that are not among them count as wrong: the denominators do."""
    shares, solved, matched_outputs, right_samples = [], 0, 0, []
    for entry, selected in zip(entries, attempts, strict=True):
        expected = [pair["output"] for pair in entry["task_data"]["test"]]
        matched = sum(output in grids for output, grids in zip(expected, selected, strict=True))
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


def find_rule(name, version=None):
    for (known, its_version), rule in RULES.items():
        if name == known and version in (None, its_version):
            return rule
    shown = name if version is None else f"{name} {version}"
    raise Unreadable(f'selection rule "{shown}" is unknown here; known are: {", ".join(name for name, _ in RULES)}')


def choose(entry, selection):
    """The attempts of an entry, and whether they could be chosen anew: files from before `train_outputs` cannot."""
    if "train_outputs" not in entry:
        if selection is not None:
            raise Unreadable(f'{entry["task_id"]} has no train_outputs, so nothing can be chosen by another rule')
        return entry["selected"], False
    if selection is not None:
        return select_attempts(entry, find_rule(selection)), True
    told = entry["selection_rule"]
    return select_attempts(entry, find_rule(told["name"], told["version"])), True


def read_document(path):
    try:
        with open(path, encoding="utf-8-sig") as file:
            document = json.load(file)
    except (OSError, ValueError) as error:
        raise Unreadable(f"{path}: {error}") from error
    if not isinstance(document, dict) or not document.get("metadata", {}).get("scores"):
        raise Unreadable(f"{path}: no results file with scores; runs of `benchmark` and `generate code` have one")
    return document


def main(path, selection):
    document = read_document(path)
    metadata, largest, other, old = document["metadata"], 0, [], 0
    for told in metadata["scores"]:
        entries = [e for e in document["results"] if (e["dataset"], e["split"]) == (told["dataset"], told["split"])]
        attempts = []
        for entry in entries:
            selected, is_new = choose(entry, selection)
            attempts.append(selected)
            old += not is_new
            if selected != entry["selected"]:
                other.append(f'{entry["task_id"]} (version {entry["version"]})')
        scores = score(entries, attempts, told["tasks"], told["test_outputs"], metadata["best_of"])
        print(json.dumps({"dataset": told["dataset"], "split": told["split"], **scores}))
        for name, value in scores.items():
            values, others = (value, told[name]) if isinstance(value, list) else ([value], [told[name]])
            largest = max(largest, *(abs(a - b["value"]) for a, b in zip(values, others, strict=True)))
    if old > 0:
        have = "entry has" if old == 1 else "entries have"
        print(f"{old} {have} no train_outputs: attempts are taken as they stand", file=sys.stderr)
    named = f": {', '.join(other[:20])}{' …' if len(other) > 20 else ''}" if other else ""
    print(f"entries with other attempts than the file says: {len(other)}{named}", file=sys.stderr)
    print(f"largest difference to the file's scores: {largest:.1e}", file=sys.stderr)
    return 0 if selection is not None or (largest <= 1e-12 and not other) else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Recomputes attempts and scores of an Arcloom results file.")
    parser.add_argument("results", metavar="RESULTS.json")
    parser.add_argument("--selection", metavar="RULE", help=f"another rule: {', '.join(name for name, _ in RULES)}")
    arguments = parser.parse_args()
    try:
        sys.exit(main(arguments.results, arguments.selection))
    except (Unreadable, KeyError, TypeError, IndexError) as error:
        message = error if isinstance(error, Unreadable) else f"{arguments.results}: {type(error).__name__}: {error}"
        print(message, file=sys.stderr)
        sys.exit(2)
