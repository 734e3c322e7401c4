"""Names with exact span and kind, of the annotation.

GUM marks noun phrases, not names; as in training, a phrase is a name if all words of its least span are proper
nouns in the treebank, and the least span is the name. Of nested names the outer one counts.
"""
from .annotation import conllu
from .bench import figure, rows, write

KINDS = {
    "PERSON": "Person", "ORG": "Organization", "LOC": "Location", "FAC": "Facility", "NORP": "NORP",
    "DATE": "Date", "MONEY": "Money", "PRODUCT": "Product", "MISC": "Miscellaneous",
}
THREE = {"Person": "PER", "Organization": "ORG", "Location": "LOC", "Facility": "LOC"}
OF_GUM = {"person": "PER", "organization": "ORG", "place": "LOC"}


def measures(bench):
    gold = bench.corpus("worldwide_ner")
    if gold:
        scores = compare(bench, "worldwide_ner", gold, gold)
        yield "names, worldwide_ner: all nine kinds, F1", figure(scores, "F1")
        for kind in KINDS.values():
            if f"F1[{kind}]" in scores:
                yield f"names, worldwide_ner: {kind}, F1", figure(scores, f"F1[{kind}]")
    gold = bench.corpus("uner_ewt")
    if gold:
        yield from three("uner_ewt", compare(bench, "uner_ewt", gold, gold, THREE))
    gold = bench.corpus("gum")
    if gold:
        news = [r for r in rows(gold) if r["genre"] in ("news", "interview")]
        wanted, texts = bench.folder / "gum-names-gold.jsonl", bench.folder / "gum-names-input.jsonl"
        write(wanted, ({"id": r["id"], "entities": gum_names(r)} for r in news))
        write(texts, ({"id": r["id"], "text": r["text"]} for r in news))
        if news:
            yield from three("GUM news and interviews", compare(bench, "gum-names", wanted, texts, THREE))


def three(corpus, scores):
    yield f"names, {corpus}: PER, ORG, LOC, F1", figure(scores, "F1")
    for kind in ("PER", "ORG", "LOC"):
        if f"F1[{kind}]" in scores:
            yield f"names, {corpus}: {kind}, F1", figure(scores, f"F1[{kind}]")


def compare(bench, name, gold, texts, kinds=None):
    """`kinds` maps the program's kinds to the corpus's; the others are left out."""
    records = []
    for key, entities in names_of(conllu(bench, texts)).items():
        if kinds:
            entities = [dict(e, type=kinds[e["type"]]) for e in entities if e["type"] in kinds]
        records.append({"id": key, "entities": entities})
    return bench.score("ner.py", gold, bench.predictions(f"{name}-found", records))


def names_of(annotated):
    """Document ids with the spans of their names, from the last column."""
    found, entities = {}, []
    for line in annotated.split("\n"):
        if line.startswith("# newdoc id = "):
            entities = found.setdefault(line[14:], [])
        columns = line.split("\t")
        if len(columns) != 10 or not columns[0].isdigit():
            continue
        misc = dict(part.split("=", 1) for part in columns[9].split("|") if "=" in part)
        tag, _, kind = misc["NER"].partition("-")
        if tag == "B":
            entities.append({"start": int(misc["start"]), "end": int(misc["end"]), "type": KINDS[kind]})
        elif tag == "I":
            entities[-1]["end"] = int(misc["end"])
    return found


def proper_tokens(record):
    """The treebank's tokens of a GUM document, with whether each is a proper noun."""
    lines = (line.split("\t") for line in record["conllu"].split("\n"))
    tags = [columns[3] for columns in lines if len(columns) == 10 and columns[0].isdigit()]
    tokens = [tuple(token) for sentence in record["tokens"] for token in sentence]
    return [(start, end, tag == "PROPN") for (start, end), tag in zip(tokens, tags)]


def least_span(entity, tokens):
    """The tokens of an entity's least span."""
    inside = [t for t in tokens if entity["start"] <= t[0] and t[1] <= entity["end"]]
    numbers = [int(n) for n in (entity["minspan"] or "").split(",") if n.isdigit()]
    return inside[min(numbers) - 1 : max(numbers)] if numbers else []


def gum_names(record):
    tokens, names, taken = proper_tokens(record), [], set()
    for entity in sorted(record["entities"], key=lambda e: (e["start"], -e["end"])):
        least = least_span(entity, tokens)
        if entity["type"] not in OF_GUM or not least or not all(t[2] for t in least) or taken & set(least):
            continue
        taken |= set(least)
        names.append({"start": least[0][0], "end": least[-1][1], "type": OF_GUM[entity["type"]]})
    return names
