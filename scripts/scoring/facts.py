"""Roles, meetings and statements against hand-made gold: the tables of `export --format csv`."""
import json
import subprocess
import sys

from .bench import Failure

TABLES = (("roles", "core"), ("meetings", "found"), ("statements", "found"))


def measures(bench):
    sets = sorted(f.name for f in bench.gold.iterdir() if f.is_dir() and any(f.glob("*.json"))) if bench.gold.is_dir() else []
    if not sets:
        print(f"left out: no folder of gold facts in {bench.gold}", file=sys.stderr)
        return
    tables, metadata = bench.folder / "tables", bench.gold / "articles.csv"
    dates = ["--metadata", metadata] if metadata.exists() else []
    bench.program("export", "--quiet", "--memory", bench.gold / "text", *dates, "--format", "csv", "--output", tables)
    for name in sets:
        found = score(bench, bench.gold / name, tables)
        full = [found[table]["full"] for table, _ in TABLES]
        yield f"facts {name}: mean of full F1", round(sum(full) / len(full), 1)
        for table, part in TABLES:
            yield f"facts {name}: {table}, full F1", found[table]["full"]
        for table, part in TABLES:
            yield f"facts {name}: {table}, {part} F1", found[table][part]


def score(bench, gold, tables):
    command = [sys.executable, bench.scorers / "score_facts.py", gold, tables, "--texts", bench.gold / "text", "--json"]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, encoding="utf-8")
    line = next((line for line in done.stdout.splitlines() if line.startswith("{")), None)
    if done.returncode or line is None:
        raise Failure(f"score_facts.py on {gold} ended with {done.returncode}:\n{done.stderr}")
    return json.loads(line)
