"""The habits that CONTRIBUTING.md asks for, checked."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from annotator.isolation.audit import LEAST, MOST
from annotator.score_rows import REFUSALS
from modeling.comparison.published import TABLES

ROOT = Path(__file__).resolve().parent.parent
APPS = ("annotator", "datasets", "modeling")
FRAMEWORKS = {"django", "rest_framework", "celery", "drf_spectacular"}
# Each may import rules, and is none: wiring, entry points, and what talks to files and programs.
NOT_RULES = re.compile(r"\.(migrations|management|views|serializers|services|selectors)\b|\.(apps|urls|tasks|models)$")


def modules() -> dict[str, set[str]]:
    """Every module of the apps with the names it imports."""
    found = {}
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            found[name] = set(imports(ast.parse(path.read_text()), name))
    return found


def imports(tree: ast.AST, module: str) -> list[str]:
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return names


def pure_modules() -> set[str]:
    """Modules that reach no framework, directly or through others of ours."""
    graph = modules()
    impure = {name for name, names in graph.items() if any(n.split(".")[0] in FRAMEWORKS for n in names)}
    while True:
        reached = {name for name, names in graph.items() if names & impure} - impure
        if not reached:
            return {name for name in graph if graph[name] and name not in impure and not NOT_RULES.search(name)}
        impure |= reached


def test_every_pure_module_is_kept_pure_by_the_third_contract():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    named = contracts[2]["source_modules"]
    forgotten = {
        name
        for name in pure_modules()
        if name not in APPS and not any(name == kept or name.startswith(kept + ".") for kept in named)
    }
    assert not forgotten, f"add to the third contract in pyproject.toml: {sorted(forgotten)}"


def test_every_setting_is_documented():
    documented = (ROOT / "docs" / "operations.md").read_text()
    read = set()
    for path in [*(ROOT / "config").rglob("*.py"), *(p for app in APPS for p in (ROOT / app).rglob("*.py"))]:
        read |= set(re.findall(r"""(?:env(?:\.\w+)?\(|environ(?:\.get\(|\[))\s*["']([A-Z_]+)["']""", path.read_text()))
    ours = {name for name in read if name.startswith("CUESET_") or name.endswith("_URL")}
    assert len(ours) > 5
    assert not {name for name in ours if f"`{name}`" not in documented}


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> list[str]:
    found: list[str] = []
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        found += routes(pattern.url_patterns, route) if isinstance(pattern, URLResolver) else [route]
    return found


ROUTES = [route for route in routes(get_resolver().url_patterns) if route.startswith(("api/", "media/"))]
OPEN_TO_ALL = {"api/session/", "api/schema/"}


def test_commands_and_pages_start_without_what_only_some_work_needs():
    """These libraries take seconds to import and hundreds of megabytes; each is imported where it is used."""
    heavy = ("torch", "sklearn", "scipy", "pandas", "optuna", "cv2", "onnxruntime", "opensmile", "mediapipe")
    program = f"import sys, django; django.setup(); import config.urls; print(*set({heavy}) & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.split() == []


@pytest.mark.django_db
@pytest.mark.parametrize("route", [route for route in ROUTES if route not in OPEN_TO_ALL])
def test_the_signed_out_get_nothing_from_any_route(api, route):
    path = "/" + re.sub(r"<uuid:\w+>", "00000000-0000-0000-0000-000000000000", route)
    path = re.sub(r"<int:\w+>", "1", path)
    path = path.replace("<modality:modality>", "text").replace("<str:modality>", "text")
    path = re.sub(r"<\w+:token>", "x", path)
    for method in (api.get, api.post, api.patch, api.delete):
        assert method(path).status_code in (401, 403, 405), path


@pytest.mark.parametrize("route", [route for route in ROUTES if "<" in route])
def test_every_route_to_one_thing_is_tried_by_a_stranger(route):
    """The last fixed word of the route stands in a file of tests that lets a stranger knock."""
    words = [word for word in re.sub(r"<[^>]+>", "", route).split("/") if word and word not in ("api",)]
    for path in (ROOT / "tests" / "api").rglob("test_*.py"):
        text = path.read_text()
        if "stranger" in text and all(word in text for word in words):
            return
    pytest.fail(f"no stranger test for /{route}")


def test_every_verb_of_the_record_has_words_in_both_languages():
    sources = [path.read_text() for app in APPS for path in (ROOT / app).rglob("*.py")]
    verbs = {verb for text in sources for verb in re.findall(r'verb="([^"]+)"', text)}
    assert len(verbs) > 20
    for language in ("en", "zh"):
        words = (ROOT / "frontend" / "src" / "features" / "projects" / "words" / f"{language}.ts").read_text()
        assert not {verb for verb in verbs if not re.search(rf'^      "?{verb}"?: "', words, re.MULTILINE)}


def test_every_reason_to_leave_out_a_row_has_a_chinese_sentence():
    paths = [*(ROOT / "datasets" / "ingest").glob("*.py"), ROOT / "annotator" / "score_rows.py"]
    codes = {code for path in paths for code in re.findall(r'BadRow\(\s*"(\w+)"', path.read_text())}
    codes |= {code for code, _ in REFUSALS.values()}
    sentences = (ROOT / "frontend" / "src" / "shared" / "words" / "importSentences.ts").read_text()
    assert len(codes) > 25
    assert not {code for code in codes if not re.search(rf"^  {code}: \(", sentences, re.MULTILINE)}


def test_every_error_code_has_a_chinese_sentence():
    sources = [path.read_text() for app in (*APPS, "config") for path in (ROOT / app).rglob("*.py")]
    codes = {code for text in sources for code in re.findall(r'^    code = "(\w+)"$', text, re.MULTILINE)}
    sentences = (ROOT / "frontend" / "src" / "shared" / "words" / "errorSentences.ts").read_text()
    assert len(codes) > 20
    assert not {code for code in codes if not re.search(rf'^  {code}: "[^"]*[\u4e00-\u9fff]', sentences, re.MULTILINE)}


def test_every_row_of_the_papers_smaller_tables_has_a_chinese_name():
    names = {row.name for table in TABLES if table.number > 2 for row in table.rows} - {"AV-MC"}
    chinese = (ROOT / "frontend" / "src" / "features" / "comparison" / "rowNames.ts").read_text()
    assert len(names) > 10
    assert not {name for name in names if f'  "{name}": "' not in chinese}


def sentences() -> dict[str, set[str]]:
    """Every code that `sentence` is called with, and the names of the facts that it is always given."""
    found: dict[str, set[str]] = {}
    for app in (*APPS, "config"):
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sentence":
                    code = node.args[0]
                    assert isinstance(code, ast.Constant), f"{path}:{node.lineno}: write the code as it is"
                    facts = {str(keyword.arg) for keyword in node.keywords}
                    found[str(code.value)] = facts & found.get(str(code.value), facts)
    return found


def test_every_kept_sentence_has_chinese_words_that_name_its_facts_alone():
    text = (ROOT / "frontend" / "src" / "shared" / "words" / "sentences.ts").read_text()
    chinese = dict(re.findall(r'^  (\w+):\s+"([^"]*[\u4e00-\u9fff][^"]*)",$', text, re.MULTILINE))
    said = sentences()
    assert len(said) > 15
    assert set(said) == set(chinese)
    assert not {code for code, words in chinese.items() if not set(re.findall(r"\{(\w+)\}", words)) <= said[code]}
    assert not {figure for figure in (*MOST, *LEAST) if not re.search(rf'^    {figure}: "', text, re.MULTILINE)}
