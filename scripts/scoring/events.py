"""Meetings against MEANTIME's events, and the slots who, when and where of ECB+.

MEANTIME marks a trigger word; a meeting's evidence is a longer stretch, which counts as found where it covers
the trigger. Only words for meetings and talks are asked for, and evidence that meets no gold event at all is not
held against the program, for the corpus leaves out events of no interest to its subject.

ECB+: action and human = the mentions of events and of people that `extract --stage identity` compares across
articles; location = mentions of places and countries; time = the times.
"""
from .bench import figure, spans

MEETINGS = r"\b(meet|met|talk|summit|conference|negotiat|confer\b|visit|host|session|forum|discuss|event\b|keynote)"
STATUS = {
    "held": ("CERTAIN", "POS", "NON_FUTURE"), "ongoing": ("CERTAIN", "POS", "NON_FUTURE"),
    "planned": ("CERTAIN", "POS", "FUTURE"), "proposed": ("POSSIBLE", "POS", "FUTURE"),
    "cancelled": ("CERTAIN", "NEG", "FUTURE"), "denied": ("CERTAIN", "NEG", "NON_FUTURE"),
}
PLACES = ("place", "country", "facility")


def measures(bench):
    gold = bench.corpus("meantime")
    if not gold:
        return
    found = bench.predictions("meantime", (meetings(r) for r in bench.facts("meantime", gold).values()))
    scores = bench.score("events.py", gold, found, "--mode=args", f"--types={MEETINGS}", "--lenient")
    yield "events, meantime, meetings: trigger F1", figure(scores, "trigger_F1")
    for status in ("held", "planned", "denied"):
        if scores[f"status_F1[{status}]"] != "-":
            yield f"events, meantime, meetings: {status}, F1", figure(scores, f"status_F1[{status}]")


def meetings(record):
    mentions = {e["id"]: spans(e["mentions"]) for e in record["entities"]}
    events = []
    for meeting in record["meetings"]:
        certainty, polarity, time = STATUS[meeting["status"]]
        for evidence in meeting["evidence"]:
            start, end = evidence["start"], evidence["end"]
            who = [m for id in meeting["participant_entities"] for m in mentions.get(id, []) if start <= m["start"] < end]
            events.append({
                "start": start, "end": end, "type": meeting["kind"], "participants": who,
                "certainty": certainty, "polarity": polarity, "time_attr": time,
            })
    return {"id": record["id"], "events": events}


class Slots:
    """ECB+: who, when, where."""

    @staticmethod
    def measures(bench):
        gold = bench.corpus("ecbplus")
        if not gold:
            return
        compared = bench.mentions("ecbplus", gold)
        facts = bench.facts("ecbplus", gold)
        found = bench.predictions("ecbplus", (slots(facts[id], compared[id]) for id in facts))
        scores = bench.score("events.py", gold, found, "--mode=slots")
        for slot, shown in (("human", "who"), ("time", "when"), ("location", "where"), ("action", "what")):
            exact, overlap = scores[f"{slot}(exact/overlap)"].split("/")
            yield f"slots, ecbplus: {shown}, overlap F1", float(overlap)
            yield f"slots, ecbplus: {shown}, exact F1", float(exact)


def slots(record, compared):
    mentions = {(m["slot"], m["start"], m["end"]) for m in compared["mentions"]}
    mentions |= {("time", t["start"], t["end"]) for t in record["times"]}
    for entity in record["entities"]:
        if entity["type"] in PLACES:
            mentions |= {("location", start, end) for start, end in entity["mentions"]}
    return {"id": record["id"], "mentions": [{"slot": s, "start": a, "end": b} for s, a, b in sorted(mentions)]}
