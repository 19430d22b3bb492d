"""The third-party files we ship are the ones we looked at: listed, unchanged, licensed."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "event_server" / "static" / "vendor"
MANIFEST = tomllib.loads((VENDOR / "VENDOR.toml").read_text(encoding="utf-8"))
PACKAGES = MANIFEST["package"]


def test_every_vendored_file_is_listed() -> None:
    files = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    assert files - {"VENDOR.toml"} == set(MANIFEST["sha256"])


@pytest.mark.parametrize("name", sorted(MANIFEST["sha256"]))
def test_vendored_file_is_unchanged(name: str) -> None:
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == MANIFEST["sha256"][name]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_package_names_its_version_licence_and_home(package: dict[str, str]) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"])
    assert package["licence"] in {"MIT", "ISC", "Apache-2.0", "OFL-1.1"}
    assert package["upstream"].startswith("https://")
    assert (VENDOR / package["part_of"]).exists()
    assert len((VENDOR / package["licence_text"]).read_text(encoding="utf-8")) > 500


def test_bundle_obeys_the_content_security_policy() -> None:
    bundle = (VENDOR / "preact.js").read_text(encoding="utf-8")
    assert not re.search(r"\beval\(|\bFunction\(", bundle)
    assert not re.search(r"\bimport\s*[{*(]", bundle)


def test_bundle_exports_what_the_screens_import() -> None:
    bundle = (VENDOR / "preact.js").read_text(encoding="utf-8")
    [exports] = re.findall(r"export\s*\{([^}]*)\}", bundle)
    exported = {entry.split(" as ")[-1].strip() for entry in exports.split(",")}
    imports = [
        names
        for path in (ROOT / "event_server" / "static" / "js").rglob("*.js")
        for names in re.findall(
            r"import\s*\{([^}]*)\}\s*from\s*\"[./]*/vendor/preact\.js\"", path.read_text(encoding="utf-8")
        )
    ]
    assert imports
    wanted = {name.split(" as ")[0].strip() for names in imports for name in names.split(",") if name.strip()}
    assert wanted <= exported


def test_every_icon_used_is_in_the_sprite() -> None:
    sprite = (VENDOR / "lucide.svg").read_text(encoding="utf-8")
    drawn = set(re.findall(r'<symbol id="([a-z0-9-]+)"', sprite))
    scripts = [
        path.read_text(encoding="utf-8") for path in (ROOT / "event_server" / "static" / "js").rglob("*.js")
    ]
    templates = [path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")]
    used = {name for text in scripts for name in re.findall(r'\$\{Icon\}\s+name="([a-z0-9-]+)"', text)}
    used |= {name for text in templates for name in re.findall(r"\bicon\(\"([a-z0-9-]+)\"", text)}
    assert used <= drawn
