"""DWIE's relations between persons and the countries or bodies in which they hold a role.

From the `roles`: the person, and as the other end the country and the organisation that the role names, if the
article mentions them as an entity. The title decides the relation; titles that DWIE has no relation for give none.
A former, elect or candidate holder gives none either.
"""
import re

from .bench import figure

TYPES = ["head_of_state", "head_of_gov", "minister_of", "head_of", "spokesperson_of"]
STATE = re.compile(r"^(president|king|queen|emperor|emir|sultan|monarch|pope|grand duke|head of state)$")
GOVERNMENT = re.compile(r"^(prime minister|premier|chancellor|taoiseach|head of government)$")
MINISTER = re.compile(r"\bminister\b|^secretary of state$")
HEAD = re.compile(r"\b(chief|head|chair|chairman|chairwoman|chairperson|president|director|ceo|secretary[- ]general|boss"
                  r"|leader|chancellor|governor|commander)\b")
DEPUTY = re.compile(r"\b(deputy|vice|assistant|former)\b")
SPOKESPERSON = re.compile(r"\bspokes(man|woman|person)\b")


def measures(bench):
    gold = bench.corpus("dwie")
    if not gold:
        return
    found = bench.predictions("dwie", (relations(r) for r in bench.facts("dwie", gold).values()))
    scores = bench.score("relations.py", gold, found, f"--types={','.join(TYPES)}", "--long")
    yield "relations, dwie, five kinds of office: F1", figure(scores, "entity_F1")
    yield "relations, dwie, five kinds of office: precision", figure(scores, "entity_P")
    yield "relations, dwie, five kinds of office: recall", figure(scores, "entity_R")
    for kind in TYPES:
        if f"F1[{kind}]" in scores:
            yield f"relations, dwie: {kind}, F1", figure(scores, f"F1[{kind}]")


def of_country(role):
    if SPOKESPERSON.search(role):
        return "spokesperson_of"
    if DEPUTY.search(role):
        return "minister_of" if MINISTER.search(role) else None
    for kind, title in (("head_of_state", STATE), ("head_of_gov", GOVERNMENT), ("minister_of", MINISTER)):
        if title.search(role):
            return kind
    return None


def of_body(role):
    if SPOKESPERSON.search(role):
        return "spokesperson_of"
    return "head_of" if HEAD.search(role) and not DEPUTY.search(role) else None


def relations(record):
    by_id = {e["id"]: e for e in record["entities"]}
    bodies = {form: e for e in record["entities"] if e["type"] == "organization" for form in (e["name"], *e["aliases"])}
    countries = {e["country_code"]: e for e in record["entities"] if e["type"] == "country"}
    entities, found = [], set()

    def number(entity):
        if entity not in entities:
            entities.append(entity)
        return entities.index(entity)

    for role in record["roles"]:
        person = by_id.get(role["entity"])
        if person is None or not person["mentions"] or role["status"] not in ("current", "acting"):
            continue
        body = bodies.get(role["organization"])
        ends = [(of_body(role["role"]), body)] if role["organization"] else [
            (of_country(role["role"]), countries.get(role["country_code"]))
        ]
        for kind, other in ends:
            if kind and other and other["mentions"]:
                found.add((kind, number(person), number(other)))
    return {
        "id": record["id"],
        "entities": [[{"start": s, "end": e} for s, e in entity["mentions"]] for entity in entities],
        "relations": [{"type": k, "head": h, "tail": t} for k, h, t in sorted(found)],
    }
