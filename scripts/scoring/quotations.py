"""PolNeAR: each statement is one attribution with its source, cue and content."""
from .bench import figure


def measures(bench):
    gold = bench.corpus("polnear")
    if not gold:
        return
    found = bench.predictions("polnear", (attributions(r) for r in bench.facts("polnear", gold).values()))
    speech = bench.score("quotes.py", gold, found, "--speech")
    for kind in ("direct", "mixed", "indirect"):
        yield f"polnear --speech: {kind}, match F1", figure(speech, f"{kind}_match_F1")
        yield f"polnear --speech: {kind}, speaker accuracy", figure(speech, f"{kind}_speaker_acc")
    yield "polnear --speech: all content, match F1", figure(speech, "match_F1")
    yield "polnear --speech: all content, exact F1", figure(speech, "exact_F1")
    for part in ("source", "cue", "content"):
        yield f"polnear --speech: exact fragments, {part} F1", figure(speech, f"frag_{part}_F1")
    plain = bench.score("quotes.py", gold, found)
    yield "polnear: direct, match F1", figure(plain, "direct_match_F1")
    yield "polnear: direct, speaker accuracy", figure(plain, "direct_speaker_acc")
    yield "polnear: all content, match F1", figure(plain, "match_F1")
    for part in ("source", "cue", "content"):
        yield f"polnear: exact fragments, {part} F1", figure(plain, f"frag_{part}_F1")


def attributions(record):
    return {
        "id": record["id"],
        "attributions": [{k: s[k] for k in ("source", "cue", "content")} for s in record["statements"]],
    }
