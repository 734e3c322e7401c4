"""Time expressions: the `times` of the facts. The day of publication is the corpus's."""
from .bench import figure

TITLES = {"tempeval3": "times, tempeval3", "timex_open": "times, timex_open (MEANTIME and GUM)"}


def measures(bench):
    for corpus, title in TITLES.items():
        gold = bench.corpus(corpus)
        if not gold:
            continue
        found = bench.predictions(corpus, (timex(r) for r in bench.facts(corpus, gold).values()))
        scores = bench.score("timex.py", gold, found)
        for key, shown in (("value_F1", "value F1"), ("relaxed_F1", "overlap F1"), ("strict_F1", "exact span F1"),
                           ("value_acc", "value accuracy"), ("type_acc", "type accuracy"), ("day_acc", "day accuracy")):
            yield f"{title}: {shown}", figure(scores, key)


def timex(record):
    return {"id": record["id"], "timex": [dict(t, value=t["value"] or None) for t in record["times"]]}
