"""Stories and chains: which articles tell of one event, and which words in them stand for one thing.

newscluster: B³ and pair F1 of the articles' clusters, against those made by hand.

ECB+: CoNLL F1 (the mean of MUC, B³ and CEAFe) of chains across articles, in the sentences that the annotators
marked whole; for events (slot action) and human participants; with the mentions given (their places and slots, no
more) or found in the text; with the articles' topics given or the stories found by the program.
"""
from .bench import figure, rows, write

SLOTS = {"action": "events", "human": "people"}
SETTINGS = [
    ("mentions and topics given", ["--given-mentions", "--topics", "topic"]),
    ("mentions given", ["--given-mentions"]),
    ("raw text, topics given", ["--topics", "topic"]),
    ("raw text", []),
]


def measures(bench):
    news = bench.corpus("newscluster")
    if news:
        yield from clusters(bench, "newscluster", stories(bench, news), news)
    chains = bench.corpus("ecbplus")
    if chains:
        yield from chains_of(bench, chains)


def stories(bench, gold):
    bare = bench.folder / "stories-input.jsonl"
    write(bare, ({k: r[k] for k in ("id", "title", "text", "date") if r.get(k)} for r in rows(gold)))
    found = bench.folder / "stories-found.jsonl"
    found.write_text(bench.program("stories", "--quiet", "--language", "any", "--format", "jsonl", bare), encoding="utf-8")
    articles = ({"id": a, "cluster": story["story"]} for story in rows(found) for a in story["articles"])
    return bench.predictions("stories", articles)


def clusters(bench, name, found, gold, key="cluster"):
    scores = bench.score("docclusters.py", gold, found, f"--key={key}")
    yield f"stories, {name}: B3 F1", figure(scores, "B3_F1")
    yield f"stories, {name}: pair F1", figure(scores, "pair_F1")


def chains_of(bench, gold):
    bare = bench.folder / "chains-input.jsonl"
    write(bare, (
        {"id": r["id"], "text": r["text"], "topic": r["topic"],
         "mentions": [{k: m[k] for k in ("start", "end", "slot")} for m in r["mentions"]]}
        for r in rows(gold)
    ))
    for number, (shown, options) in enumerate(SETTINGS):
        found = bench.folder / f"chains-{number}.jsonl"
        arguments = ["extract", "--quiet", "--language", "any", "--stage", "identity", *options, bare]
        found.write_text(bench.program(*arguments), encoding="utf-8")
        if not options:
            yield from clusters(bench, "ecbplus subtopics", found, gold, "subtopic")
        for slot, what in SLOTS.items():
            given = ["--gold-mentions"] if "--given-mentions" in options else []
            flags = ["--key=mentions", "--cross", f"--slot={slot}", "--annotated", *given]
            scores = bench.score("coref.py", gold, found, *flags)
            yield f"chains, ecbplus, {what}, {shown}: CoNLL F1", figure(scores, "CoNLL")
            if not given:
                yield f"chains, ecbplus, {what}, {shown}: mentions F1", figure(scores, "mention_F1")
