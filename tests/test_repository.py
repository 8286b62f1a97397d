"""The repository keeps its own promises."""

import ast
import re

import polib
import pytest
import yaml
from lxml import etree

EDGES = {
    "collab_reseaux": set(),
    "collab_habillage": {"collab_reseaux"},
    "collab_courrier": {"collab_habillage"},
    "collab_charte": {"collab_courrier"},
    "collab_comptes": {"collab_charte"},
    "collab_fichiers": {"collab_comptes"},
    "collab_suivi": {"collab_fichiers"},
    "collab_contribution": {"collab_suivi"},
    "collab_ressources": {"collab_contribution"},
    "collab_actualites": {"collab_contribution"},
    "collab_agenda": {"collab_contribution"},
    "collab_annuaire": {"collab_contribution"},
    "collab_forum": {"collab_contribution"},
    "collab_recherche": {"collab_contribution"},
    "collab_portail": {
        *("collab_actualites", "collab_agenda", "collab_annuaire", "collab_forum", "collab_recherche"),
        "collab_ressources",
    },
    "collab_serveur": set(),
    "collab_demo": {"collab_portail"},
    "test_stock": set(),
    "test_collab": {"collab_portail"},
}

# What somebody reads in one go: a longer file holds several subjects.
LINES_MAX = 500

# French from the first word: what it says is said without a database, or is the content of a demonstration.
SPEAKS_NO_ENGLISH = {"collab_serveur", "collab_demo"}


@pytest.fixture(scope="session")
def modules(root):
    return {
        path.parent.name: path.parent for path in [*root.glob("*/__manifest__.py"), *root.glob("*/*/__manifest__.py")]
    }


@pytest.fixture(scope="session")
def manifests(modules):
    return {name: ast.literal_eval((path / "__manifest__.py").read_text()) for name, path in modules.items()}


def test_dependencies_point_one_way(manifests):
    edges = {name: {d for d in manifest["depends"] if d.startswith("collab_")} for name, manifest in manifests.items()}
    assert edges == EDGES


def test_no_module_installs_itself_or_looks_for_another(modules, manifests):
    for name, manifest in manifests.items():
        assert "auto_install" not in manifest, name
        for source in modules[name].rglob("*.py"):
            assert not re.search(r"env\.get\(|in (self|request)\.env\b(?!\[)", source.read_text()), source


def test_a_module_says_what_it_is_in_one_sentence(modules, manifests):
    for name, manifest in manifests.items():
        assert manifest["summary"] and "\n" not in manifest["summary"], name
        if name.startswith("collab_"):
            lines = (modules[name] / "README.md").read_text().splitlines()
            assert 5 <= len(lines) <= 25, f"{name}: a README of about 15 lines"


def test_every_test_runs(modules):
    for path in modules.values():
        written = {test.stem for test in path.glob("tests/test_*.py")}
        imported = set()
        if (path / "tests/__init__.py").exists():
            tree = ast.parse((path / "tests/__init__.py").read_text())
            imported = {name.name for node in tree.body for name in node.names}
        assert written == imported, path.name


def test_a_model_has_a_file_of_its_name(modules):
    """A long model has several: ``<model>.py``, and ``<model>_<subject>.py`` for each of its subjects."""
    for path in modules.values():
        for source in path.glob("models/*.py"):
            if source.stem == "__init__":
                continue
            models = re.findall(r'^    _(?:name|inherit) = \[?"([\w.]+)"', source.read_text(), re.MULTILINE)
            name = models and models[0].replace(".", "_")
            is_subject = name and source.stem.startswith(f"{name}_") and source.with_stem(name).exists()
            assert name == source.stem or is_subject, source


def test_a_file_is_read_in_one_go(modules):
    for path in modules.values():
        for source in path.rglob("*"):
            if source.suffix in {".py", ".js", ".xml", ".scss"} and "tests" not in source.relative_to(path).parts:
                assert len(source.read_text().splitlines()) <= LINES_MAX, source


def test_french_is_complete(modules):
    for name, path in modules.items():
        if not name.startswith("collab_") or name in SPEAKS_NO_ENGLISH:
            continue
        template, french = (polib.pofile(str(path / "i18n" / file)) for file in (f"{name}.pot", "fr.po"))
        translated = {entry.msgid for entry in french.translated_entries()}
        assert {entry.msgid for entry in template} <= translated, name


def test_the_terms_are_those_of_the_code(modules):
    """A term written in Python that the template does not know has been forgotten: `make i18n`."""
    for name, path in modules.items():
        if not name.startswith("collab_") or name in SPEAKS_NO_ENGLISH:
            continue
        known = {entry.msgid for entry in polib.pofile(str(path / "i18n" / f"{name}.pot"))}
        for source in path.rglob("*.py"):
            if "tests" in source.parts:
                continue
            for node in ast.walk(ast.parse(source.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "_" and node.args:
                    assert ast.literal_eval(node.args[0]) in known, (source, node.lineno)


def test_rights_are_only_in_security(modules):
    for path in modules.values():
        for source in path.rglob("*.xml"):
            if source.parent.name != "security":
                assert not re.search(r'model="ir\.(rule|model\.access)"', source.read_text()), source
        for source in path.glob("security/*.xml"):
            assert "noupdate" not in source.read_text(), source


def test_every_sudo_says_why(modules):
    for path in modules.values():
        for source in path.rglob("*.py"):
            if "tests" in source.parts:
                continue
            lines = source.read_text().splitlines()
            for number, line in enumerate(lines):
                if ".sudo()" in line:
                    around = lines[max(0, number - 6) : number + 1]
                    assert any("# " in text for text in around), f"{source}:{number + 1}"


def test_no_page_asks_anything_of_a_third_party(modules):
    for path in modules.values():
        for source in [*path.rglob("views/*.xml"), *path.rglob("static/src/**/*.*")]:
            addresses = re.findall(r"https?://[^\s\"'<>)]+", source.read_text())
            assert not [a for a in addresses if not a.startswith("http://www.w3.org/")], source


def test_what_is_served_to_anybody_is_code(modules):
    """Static files are outside the door: nothing that somebody wrote for others may lie there."""
    for path in modules.values():
        found = {file.suffix for file in path.glob("static/**/*") if file.is_file()}
        assert found <= {".js", ".scss", ".css", ".svg", ".woff2"}, path.name


def test_no_path_of_a_machine_is_written_down(root):
    for path in [*root.glob("*.md"), *root.glob("docs/*.md"), *root.glob("bin/*"), *root.glob("config/**/*")]:
        if path.is_file():
            assert not re.search(r"/(root|home|work)/", path.read_text().replace("(/root)", "")), path


def test_the_lock_of_npm_names_no_registry(root):
    """Each machine has its own (`npm install --omit-lockfile-registry-resolved`)."""
    assert "resolved" not in (root / "package-lock.json").read_text()


def test_the_containers_are_given_what_their_files_ask_for(root, modules):
    compose = yaml.safe_load((root / "docker-compose.yml").read_text())
    template = (root / "config/nginx/templates/collab.conf.template").read_text()
    asked = set(re.findall(r"\$\{([A-Z_]+)\}", re.sub(r"#.*", "", template)))
    assert asked == set(compose["services"]["proxy"]["environment"])
    image = (root / "Dockerfile").read_text()
    shipped = set(re.findall(r"^COPY (collab_\w+) ", image, re.MULTILINE))
    assert shipped == {name for name, path in modules.items() if path.parent == root}


def test_every_secret_and_setting_of_production_comes_from_the_environment(root):
    text = (root / "docker-compose.yml").read_text()
    offered = set(re.findall(r"^([A-Z_]+)=", (root / "config/.env.example").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", text)) == offered
    for service in yaml.safe_load(text)["services"].values():
        for name, value in service.get("environment", {}).items():
            if re.search("PASSW|SECRET|KEY$|TOKEN", name):
                assert value.startswith(("${", "/")), name


def test_a_line_of_facts_holds_elements_and_no_bare_word(root):
    """A bare word would be clipped with the dot that stands before the first fact of a line."""
    for view in sorted(root.glob("collab_*/views/*.xml")):
        for line in etree.parse(view).xpath("//*[contains(concat(' ', @class, ' '), ' c-meta ')]"):
            # An audience is made of elements.
            said = line.get("t-out") if line.get("t-out") != "row['audience']" else None
            words = [said, line.text, *(part.tail for part in line)]
            assert not any(word and word.strip() for word in words), f"{view}:{line.sourceline}"


def test_no_two_forms_keep_what_is_typed_under_one_name(root):
    """Typed under document 1, it would be found again in the comment box of discussion 1, whose readers are others."""
    found = {}
    for view in sorted(root.glob("collab_*/views/*.xml")):
        for form in etree.parse(view).xpath("//form"):
            for name in ("data-keep", "t-attf-data-keep", "data-draft", "t-attf-data-draft"):
                if kept := form.get(name):
                    where = f"{view}:{form.sourceline}"
                    pattern = name.removeprefix("t-attf-"), re.sub(r"\{\{.*?\}\}", "*", kept)
                    assert pattern not in found, f"{where}, {found[pattern]}"
                    found[pattern] = where
    assert found
