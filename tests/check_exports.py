"""Reads exports/ with programs that are not ours: every format says what its specification asks,
all RDF syntaxes say the same, the graph conforms to the shapes, and the tables' offsets point at
the words that they claim. Run by scripts/test in an environment with rdflib, pyshacl, networkx.
"""

import csv
import json
import shutil
import subprocess
import sys
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import networkx
import pyshacl
from rdflib import Dataset, Graph
from rdflib.compare import to_isomorphic

ROOT = Path(__file__).resolve().parent.parent
EXPORTS = ROOT / "exports"
ONTOLOGY = ROOT / "ontology"
ARTICLES = ROOT / "tests" / "articles"

COLUMNS = {
    "articles": "article title publisher date url language words graph",
    "entities": "entity type name aliases country same_as articles mentions",
    "roles": "article entity person role organization country country_code status start end"
    " evidence confidence",
    "meetings": "article meeting_id kind participants participant_entities location country"
    " country_code date status start end evidence confidence",
    "statements": "article statement_id entity speaker speaker_text kind content content_spans cue"
    " addressee medium via confidence",
}


def table(name):
    with open(EXPORTS / "tables" / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def words(text):
    return " ".join(text.split())


class Rdf(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.turtle = Graph().parse(EXPORTS / "graph.ttl", format="turtle")
        cls.trig = Dataset()
        cls.trig.parse(EXPORTS / "graph.trig", format="trig")

    def same(self, left, right):
        """Whether both say the same, whatever the names of their blank nodes."""
        left, right = to_isomorphic(left), to_isomorphic(right)
        if left != right:
            only = sorted(triple.n3() if hasattr(triple, "n3") else str(triple)
                          for triple in set(left) ^ set(right))
            self.fail(f"{len(only)} triples differ, such as {only[:3]}")

    def test_turtle_is_the_default_graph_of_trig(self):
        self.assertGreater(len(self.turtle), 100)
        self.same(self.turtle, self.trig.default_graph)

    def test_rdf_xml_says_what_turtle_says(self):
        self.same(self.turtle, Graph().parse(EXPORTS / "graph.rdf", format="xml"))

    def test_quads_say_what_trig_says(self):
        for file, syntax in (("graph.nq", "nquads"), ("graph.jsonld", "json-ld")):
            with self.subTest(file):
                other = Dataset()
                other.parse(EXPORTS / file, format=syntax)
                names = {graph.identifier for graph in self.trig.graphs() if len(graph)}
                self.assertEqual(
                    names, {graph.identifier for graph in other.graphs() if len(graph)})
                for name in names:
                    self.same(self.trig.graph(name), other.graph(name))

    def test_every_article_has_its_graph(self):
        graphs = {str(graph.identifier) for graph in self.trig.graphs() if len(graph)}
        articles = table("articles")
        self.assertGreaterEqual(len(articles), 19)
        for row in articles:
            self.assertIn(row["graph"], graphs, row["article"])

    def test_graphs_conform_to_the_shapes(self):
        shapes = Graph().parse(ONTOLOGY / "shapes.ttl")
        ontology = Graph().parse(ONTOLOGY / "newsgraph.ttl")
        for graph in [self.turtle, *(g for g in self.trig.graphs() if len(g))]:
            with self.subTest(str(graph.identifier)):
                data = Graph()
                for triple in graph:
                    data.add(triple)
                conforms, _, report = pyshacl.validate(
                    data, shacl_graph=shapes, ont_graph=ontology, inference="none")
                self.assertTrue(conforms, report)


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
        lines = (EXPORTS / "facts.jsonl").read_text(encoding="utf-8").splitlines()
        records = [json.loads(line) for line in lines]
        self.assertEqual(
            sorted(record["id"] for record in records),
            sorted(row["article"] for row in table("articles")))


class Pictures(unittest.TestCase):
    def test_svg_is_well_formed(self):
        for path in EXPORTS.glob("*.svg"):
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


class Networks(unittest.TestCase):
    def test_networkx_reads_what_is_there(self):
        readers = {".graphml": networkx.read_graphml, ".gexf": networkx.read_gexf}
        files = [path for path in EXPORTS.iterdir() if path.suffix in readers]
        if not files:
            self.skipTest("no GraphML or GEXF in exports/")
        for path in files:
            with self.subTest(path.name):
                self.assertGreater(len(readers[path.suffix](path)), 10)


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
