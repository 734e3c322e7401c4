"""Runs the program and the scorers, and keeps what the program said of each corpus."""
import json
import subprocess
import sys


class Failure(Exception):
    """The program or a scorer could not run."""


class Bench:
    def __init__(self, data, gold, score, split, command, folder):
        self.data, self.gold, self.scorers, self.split = data, gold, score, split
        self.command, self.folder = command, folder
        self.said = {}
        if not command.exists():
            raise_missing("program", command, "cargo build --release, or name it with --command")
        if not (score / "scorelib.py").exists():
            raise_missing("folder of scorers", score, "name it with --score")

    def corpus(self, name, ending="jsonl"):
        """The corpus's file of this split, or None with a line on stderr."""
        path = self.data / name / f"{self.split}.{ending}"
        if path.exists():
            return path
        print(f"left out: no {path}", file=sys.stderr)
        return None

    def program(self, *arguments):
        """What the program prints. Exit code 1 says that something was skipped, which costs recall."""
        done = subprocess.run([self.command, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8")
        if done.returncode not in (0, 1):
            raise Failure(f"{self.command} {' '.join(map(str, arguments))} ended with {done.returncode}:\n{done.stderr}")
        return done.stdout

    def score(self, scorer, *arguments):
        """The figures that a scorer prints, of its last line of `name=figure`."""
        command = [sys.executable, str(self.scorers / scorer), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
        lines = [line for line in done.stdout.splitlines() if "=" in line]
        if done.returncode or not lines:
            raise Failure(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
        sys.stderr.write(done.stderr)
        return dict(part.split("=", 1) for part in lines[-1].split("  ")[1:] if "=" in part)

    def facts(self, name, path):
        """What `extract --stage fact` says of each record, by its id. The program sees id, text and date only."""
        return self.extracted(name, path, "fact")

    def mentions(self, name, path):
        """What `extract --stage identity` says of each record, by its id."""
        return self.extracted(name, path, "identity")

    def extracted(self, name, path, stage):
        if (name, stage) not in self.said:
            bare = self.folder / f"{name}-input.jsonl"
            write(bare, ({k: r[k] for k in ("id", "text", "date") if r.get(k)} for r in rows(path)))
            out = self.program("extract", "--quiet", "--language", "any", "--stage", stage, bare)
            found = (json.loads(line) for line in out.splitlines())
            self.said[name, stage] = {record["id"]: record for record in found}
        return self.said[name, stage]

    def predictions(self, name, records):
        """Writes predictions and gives their path."""
        path = self.folder / f"{name}.jsonl"
        write(path, records)
        return path


def raise_missing(what, path, hint):
    raise Failure(f"expected the {what}, found nothing at {path}\nhint: {hint}")


def rows(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def write(path, records):
    with open(path, "w", encoding="utf-8") as out:
        for record in records:
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


def spans(pairs):
    return [{"start": start, "end": end} for start, end in pairs]


def figure(figures, key):
    """A scorer's figure as a number; 0 where it says that there is nothing to measure."""
    return float(figures[key]) if figures[key] != "-" else 0.0
