"""Coreference of named people and their pronouns in GUM news, against the mentions of the facts' persons.

Gold: chains of persons with at least one name; of these their names and pronouns. Noun phrases ("the minister")
are neither asked for nor counted against the program. GUM's mentions are whole phrases ("Ann Lee, the head of the
board"), the program's are names; so a mention found stands for the gold mention whose least span it overlaps
most, as in scoring by heads, and is wrong where there is none.
"""
from .bench import figure, rows, write
from .names import least_span, proper_tokens

PRONOUNS = set(
    "i me my mine myself you your yours yourself he him his himself she her hers herself we us our ours ourselves "
    "they them their theirs themselves who whom whose".split()
)


def measures(bench):
    gold = bench.corpus("gum")
    if not gold:
        return
    news = [r for r in rows(gold) if r["genre"] == "news"]
    facts = bench.facts("gum", gold)
    wanted, found = [], []
    for record in news:
        people, nominal = gold_mentions(record)
        wanted.append({"id": record["id"], "entities": [{k: m[k] for k in ("start", "end", "chain")} for m in people]})
        found.append({"id": record["id"], "entities": found_mentions(facts.get(record["id"]), people, nominal)})
    if not news:
        return
    path = bench.folder / "gum-people.jsonl"
    write(path, wanted)
    scores = bench.score("coref.py", path, bench.predictions("gum-people-found", found))
    for key, shown in (("CoNLL", "CoNLL F1"), ("mention_F1", "mentions F1")):
        yield f"coreference, GUM news, named people: {shown}", figure(scores, key)


def gold_mentions(record):
    """Names and pronouns of named people, and the other mentions of the same chains."""
    tokens, mentions = proper_tokens(record), []
    for entity in record["entities"]:
        if entity["type"] == "person":
            least = least_span(entity, tokens)
            is_name = bool(least) and all(t[2] for t in least)
            is_pronoun = len(least) == 1 and record["text"][least[0][0] : least[0][1]].lower() in PRONOUNS
            core = (least[0][0], least[-1][1]) if least else (entity["start"], entity["end"])
            mentions.append(dict(entity, core=core, is_name=is_name, is_asked=is_name or is_pronoun))
    named = {m["chain"] for m in mentions if m["is_name"]}
    people = [m for m in mentions if m["chain"] in named]
    return [m for m in people if m["is_asked"]], [m for m in mentions if not m["is_asked"]]


def found_mentions(facts, people, nominal):
    mentions, taken = [], set()
    for entity in (facts or {}).get("entities", []):
        if entity["type"] != "person":
            continue
        for start, end in entity["mentions"]:
            best = most_overlapping(start, end, people)
            if best is None and most_overlapping(start, end, nominal) is not None:
                continue
            start, end = (best["start"], best["end"]) if best else (start, end)
            if (start, end) not in taken:
                taken.add((start, end))
                mentions.append({"start": start, "end": end, "chain": entity["id"]})
    return mentions


def most_overlapping(start, end, mentions):
    def shared(mention):
        return min(end, mention["core"][1]) - max(start, mention["core"][0])

    best = max(mentions, key=shared, default=None)
    return best if best and shared(best) > 0 else None
