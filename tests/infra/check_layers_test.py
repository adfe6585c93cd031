#!/usr/bin/env python3
"""Plants one violation at a time in a small tree and wants it caught, and nothing said about the tree without it."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import check_layers  # noqa: E402

CMAKE = """
layer(base)
layer(law DEPENDS base)
layer(ingest DEPENDS base law LINK EXPAT::EXPAT HEADERS expat.h)
layer(cli DEPENDS base ingest HEADERS CLI/CLI.hpp)
"""
CLEAN = {
    "CMakeLists.txt": CMAKE,
    "src/base/day.h": '#include <vector>\n#include "fmt/format.h"\n// do not throw, do not try\n',
    "src/base/day_test.cc": '#include <rapidcheck.h>\n#include "gtest/gtest.h"\n// a penalty, a permit\n',
    "src/law/law.cc": '#include "law/law.h"\n#include "base/day.h"\nconst char* kWord = "try // again";\n',
    "src/ingest/xes.cc": '#include <expat.h>\n#include "law/law.h"\n',
    "src/ingest/files_adapter.cc": "void F() { try { G(); } catch (...) { } }\n",
    "src/cli/main.cc": '#include <CLI/CLI.hpp>\nint main() { try { } catch (...) { } }\n',
}


class CheckLayers(unittest.TestCase):
    def complaints(self, planted):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, text in {**CLEAN, **planted}.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text)
            return check_layers.check(root)[1]

    def caught(self, name, text, wanted):
        found = self.complaints({name: text})
        self.assertEqual(len(found), 1, found)
        self.assertIn(wanted, found[0])
        self.assertTrue(found[0].startswith(name.rsplit("/", 1)[0]), found[0])

    def test_clean_tree(self):
        self.assertEqual(self.complaints({}), [])

    def test_upward_include(self):
        self.caught("src/base/a.cc", '#include "law/law.h"\n', "a.cc:1: layer 'base' may not include 'law'")

    def test_what_a_dependency_names_is_not_passed_on(self):
        self.caught("src/cli/a.cc", '\n#include "law/law.h"\n', "a.cc:2: layer 'cli' may not include 'law'")

    def test_foreign_header(self):
        self.caught("src/law/a.h", "#include <nlohmann/json.hpp>\n", "may not include <nlohmann/json.hpp>")

    def test_foreign_header_of_another_layer(self):
        self.caught("src/law/a.h", "#include <expat.h>\n", "may not include <expat.h>")

    def test_posix_header(self):
        self.caught("src/law/a.cc", "#include <unistd.h>\n", "may not include <unistd.h>")

    def test_test_header_outside_a_test(self):
        self.caught("src/law/a.cc", '#include "gtest/gtest.h"\n', "may not include <gtest/gtest.h>")

    def test_include_without_its_folder(self):
        self.caught("src/law/a.cc", '#include "expat.h"\n', "may not include")

    def test_throw(self):
        self.caught("src/law/a.cc", "void F() { throw 1; }\n", "throw is not used")

    def test_throw_in_an_adapter(self):
        self.caught("src/law/a_adapter.cc", "void F() { throw; }\n", "throw is not used")

    def test_try(self):
        self.caught("src/law/a.cc", "void F() {\n  try {\n  } /* */\n}\n", "a.cc:2: exceptions are caught in")

    def test_undeclared_folder(self):
        self.caught("src/registry/a.h", "", "no layer() in CMakeLists.txt names this folder")

    def test_folder_inside_a_layer(self):
        self.caught("src/law/deep/a.cc", "", "not built")

    def test_file_outside_every_layer(self):
        self.caught("src/a.cc", "", "not built")

    def test_institution_in_code(self):
        self.caught("src/law/a.cc", "int kPenaltyDays = 3;\n", "'Penalt' names an institution")

    def test_institution_in_a_comment_of_a_list(self):
        self.caught("src/law/a.def", "// when the prefect decides\n", "names an institution")

    def test_reference_evaluator(self):
        self.caught("tests/reference/a.cc", '#include "engine/judge.h"\n', "may not include 'engine'")


if __name__ == "__main__":
    unittest.main()
