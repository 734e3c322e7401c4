"""Reads exports/ with programs that are not ours: every format says what its specification asks,
all RDF syntaxes say the same, the graph conforms to the shapes, and the tables' offsets point at
the words that they claim. Run by scripts/test in an environment with rdflib and pyshacl.
"""

import csv
import json
import shutil
import subprocess
import sys
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pyshacl
from rdflib import Dataset, Graph, URIRef
from rdflib.compare import to_isomorphic

ROOT = Path(__file__).resolve().parent.parent
EXPORTS = ROOT / "exports"
FERRY = EXPORTS / "ferry"
ONTOLOGY = ROOT / "ontology"
ARTICLES = ROOT / "tests" / "articles"

COLUMNS = {
    "articles": "article title publisher date url language words graph",
    "entities": "entity type name aliases country same_as articles mentions",
    "roles": "article entity person role organization country country_code status start end"
    " evidence confidence witnesses conflicts",
    "meetings": "article meeting_id kind participants participant_entities location country"
    " country_code date status start end evidence confidence witnesses conflicts",
    "statements": "article statement_id entity speaker speaker_text kind content content_spans cue"
    " addressee medium via confidence witnesses conflicts",
}


def table(name):
    with open(EXPORTS / "tables" / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def words(text):
    return " ".join(text.split())


class Rdf(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.all = Graph().parse(EXPORTS / "graph.ttl", format="turtle")
        cls.turtle = Graph().parse(FERRY / "ferry.ttl", format="turtle")
        cls.trig = Dataset()
        cls.trig.parse(FERRY / "ferry.trig", format="trig")
        cls.named = [graph for graph in cls.trig.graphs()
                     if graph.identifier != cls.trig.default_graph.identifier and len(graph)]

    def same(self, left, right):
        """Whether both say the same, whatever the names of their blank nodes."""
        left, right = to_isomorphic(left), to_isomorphic(right)
        if left != right:
            differing = sorted(" ".join(term.n3() for term in triple)
                               for triple in set(left) ^ set(right))
            self.fail(f"{len(differing)} triples differ, such as {differing[:3]}")

    def test_turtle_is_the_default_graph_of_trig(self):
        self.assertGreater(len(self.turtle), 100)
        self.same(self.turtle, self.trig.default_graph)

    def test_other_syntaxes_say_what_turtle_says(self):
        for ending, syntax in (("rdf", "xml"), ("nt", "nt")):
            with self.subTest(ending):
                self.same(self.turtle, Graph().parse(FERRY / f"ferry.{ending}", format=syntax))

    def test_quads_say_what_trig_says(self):
        names = {graph.identifier for graph in self.named}
        for ending, syntax in (("nq", "nquads"), ("jsonld", "json-ld")):
            with self.subTest(ending):
                other = Dataset()
                other.parse(FERRY / f"ferry.{ending}", format=syntax)
                self.same(self.turtle, other.default_graph)
                self.assertEqual(names, {
                    graph.identifier for graph in other.graphs()
                    if graph.identifier != other.default_graph.identifier and len(graph)})
                for graph in self.named:
                    self.same(graph, other.graph(graph.identifier))

    def test_every_article_has_its_graph(self):
        self.assertEqual(len(self.named), 2)
        known = {row["graph"] for row in table("articles")}
        for graph in self.named:
            self.assertIn(str(graph.identifier), known)

    def test_graphs_conform_to_the_shapes(self):
        shapes = Graph().parse(ONTOLOGY / "shapes.ttl")
        ontology = Graph().parse(ONTOLOGY / "newsgraph.ttl")
        for graph in [self.all, *self.named]:
            with self.subTest(str(graph.identifier)):
                data = Graph()
                for triple in graph:
                    data.add(triple)
                conforms, _, report = pyshacl.validate(
                    data, shacl_graph=shapes, ont_graph=ontology, inference="none")
                self.assertTrue(conforms, report)
        evidence = URIRef("https://w3id.org/newsgraph/ns#evidence")
        data.remove((None, evidence, None))
        conforms, _, _ = pyshacl.validate(
            data, shacl_graph=shapes, ont_graph=ontology, inference="none")
        self.assertFalse(conforms, "facts without evidence conform")


class Tables(unittest.TestCase):
    def test_columns_are_the_documented_ones(self):
        for name, columns in COLUMNS.items():
            with self.subTest(name):
                with open(EXPORTS / "tables" / f"{name}.csv", encoding="utf-8", newline="") as file:
                    self.assertEqual(next(csv.reader(file)), columns.split())
                self.assertTrue(table(name), "no rows")

    def test_offsets_point_at_the_evidence(self):
        texts = {path.name: path.read_text(encoding="utf-8") for path in ARTICLES.glob("*.txt")}
        checked = 0
        for name in ("roles", "meetings"):
            for row in table(name):
                if row["article"] in texts:
                    found = texts[row["article"]][int(row["start"]):int(row["end"])]
                    self.assertEqual(words(found), words(row["evidence"]), row)
                    checked += 1
        for row in table("statements"):
            if row["article"] in texts:
                spans = (span.split("-") for span in row["content_spans"].split("|"))
                found = [texts[row["article"]][int(start):int(end)] for start, end in spans]
                self.assertTrue(all(part.strip() for part in found), row)
                checked += 1
        self.assertGreater(checked, 50)

    def test_entities_of_the_facts_are_listed(self):
        known = {row["entity"] for row in table("entities")}
        for row in table("roles"):
            self.assertIn(row["entity"], known)
        for row in table("meetings"):
            for entity in filter(None, row["participant_entities"].split("|")):
                self.assertIn(entity, known)

    def test_facts_are_one_json_object_an_article(self):
        lines = (FERRY / "facts.jsonl").read_text(encoding="utf-8").splitlines()
        records = [json.loads(line) for line in lines]
        self.assertEqual(
            [record["id"] for record in records], ["tallinn-ferry-talks.txt", "mw-2024-10-18-006"])
        text = (ARTICLES / "tallinn-ferry-talks.txt").read_text(encoding="utf-8")
        for entity in records[0]["entities"]:
            for start, end in entity["mentions"]:
                self.assertTrue(text[start:end].strip(), entity)

    def test_sparql_results_say_the_same_in_every_format(self):
        name = "planned_meetings"
        answer = json.loads((FERRY / f"{name}.json").read_text(encoding="utf-8"))
        rows = answer["results"]["bindings"]
        self.assertTrue(rows)
        tsv = (FERRY / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
        self.assertEqual(tsv[0].split("\t"), [f"?{name}" for name in answer["head"]["vars"]])
        self.assertEqual(len(tsv) - 1, len(rows))
        results = ElementTree.parse(FERRY / f"{name}.xml").getroot()
        namespace = "{http://www.w3.org/2005/sparql-results#}"
        self.assertEqual(len(list(results.iter(f"{namespace}result"))), len(rows))


class Pictures(unittest.TestCase):
    def test_svg_is_well_formed(self):
        for path in EXPORTS.rglob("*.svg"):
            with self.subTest(path.name):
                root = ElementTree.parse(path).getroot()
                self.assertEqual(root.tag, "{http://www.w3.org/2000/svg}svg")
                self.assertTrue(list(root.iter("{http://www.w3.org/2000/svg}text")), "no labels")

    @unittest.skipUnless(shutil.which("dot"), "Graphviz is not installed")
    def test_graphviz_reads_dot(self):
        run = subprocess.run(
            ["dot", "-Tplain", EXPORTS / "graph.dot"], capture_output=True, text=True, check=False)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn("node ", run.stdout)


def main():
    program = unittest.main(exit=False, verbosity=2)
    result = program.result
    # A failing subtest does not count as its test's own failure twice.
    bad = {str(test).split(" (")[0] for test, _ in result.failures + result.errors}
    failed, skipped = len(bad), len(result.skipped)
    passed = max(result.testsRun - failed - skipped, 0)
    print(f"checks: {passed} passed, {failed} failed, {skipped} skipped", flush=True)
    sys.exit(0 if result.wasSuccessful() and result.testsRun else 1)


if __name__ == "__main__":
    main()
