"""Tokens, sentences, tags, lemmas and trees against treebanks."""
from .bench import figure


def measures(bench):
    for treebank, shown in (("ud_ewt", "EWT"), ("gum", "GUM")):
        gold = bench.corpus(treebank, "conllu")
        if not gold:
            continue
        raw = bench.folder / f"{treebank}.txt"
        raw.write_text(raw_text(gold.read_text(encoding="utf-8")), encoding="utf-8")
        cut = compare(bench, gold, raw, treebank + "-raw")
        for part in ("Sentences", "Tokens"):
            yield f"{shown}, raw text: {part.lower()} F1", figure(cut, part)
        kept = compare(bench, gold, gold, treebank)
        for part in ("UPOS", "XPOS", "Lemmas", "UAS", "LAS"):
            yield f"{shown}, gold tokens: {part}", figure(kept, part)


def compare(bench, gold, text, name):
    found = bench.folder / f"{name}.conllu"
    found.write_text(conllu(bench, text), encoding="utf-8")
    return bench.score("parse.py", gold, found)


def conllu(bench, path):
    """The program's annotation of a file."""
    return bench.program("extract", "--quiet", "--language", "any", "--stage", "annotation", "--format", "conllu", path)


def raw_text(treebank):
    """The running text of a treebank: sentences with a space between, paragraphs with a blank line."""
    out = []
    for line in treebank.split("\n"):
        if line.startswith(("# newdoc", "# newpar")):
            out.append("\n\n")
        elif line.startswith("# text = "):
            out.append(line[9:] + " ")
    return "".join(out).strip() + "\n"
