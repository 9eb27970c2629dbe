#!/usr/bin/python3
"""Checks deploy/release: what it refuses, and that it makes the same files twice.

It runs in small git repositories below a temporary folder, with a stand-in for Maven that leaves files where the build does.
That the real build gives the same bytes twice is checked by deploy/deb/check. Needs git and a JDK.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parents[2]
sys.path.insert(0, str(HERE.parent / "interop"))

from checks import Checks  # noqa: E402

# it builds what it finds in the folder in which it is called, and writes down that it was called
MAVEN = """#!/bin/sh
echo "$PWD $(umask) $TZ" >>"$CALLS"
[ ! -e break ] || { echo "COMPILATION ERROR"; exit 1; }
mkdir -p deploy/deb/target deploy/dist/target deploy/monitor/target
cp source deploy/deb/target/reedgate_1.2.3_all.deb
[ -e one ] || cp source deploy/deb/target/reedgate-monitor_1.2.3_all.deb
cp source deploy/dist/target/reedgate-1.2.3.tar.gz
[ -e offline ] || cat bom >deploy/dist/target/reedgate-1.2.3.cdx.json
[ -e offline-monitor ] || cat monitor-bom >deploy/monitor/target/reedgate-monitor-1.2.3.cdx.json
"""
CHANGELOG = """# Changelog

## [Unreleased]

- Not yet.

## [1.2.3] - 2026-02-28

### Added

- A thing.

## [1.2.2] - 2026-01-31

- An older thing.
"""
FILES = [
    "SHA256SUMS", "reedgate-1.2.3.cdx.json", "reedgate-1.2.3.tar.gz", "reedgate-monitor-1.2.3.cdx.json",
    "reedgate-monitor_1.2.3_all.deb", "reedgate_1.2.3_all.deb", "release-notes.md",
]  # fmt: skip


class Project:
    """A repository with one commit and the tag v1.2.3."""

    def __init__(self, folder, tag="v1.2.3"):
        self.folder = folder
        self.tree = folder / "tree"
        self.out = folder / "out"
        self.calls = folder / "calls"
        programs = folder / "bin"
        programs.mkdir(parents=True)
        (programs / "mvn").write_text(MAVEN)
        (programs / "mvn").chmod(0o755)
        (self.tree / "deploy").mkdir(parents=True)
        shutil.copy(TOP / "deploy/release", self.tree / "deploy/release")
        self.write("pom.xml", "<project>\n  <version>1.2.3</version>\n  <x>\n    <version>9.9.9</version>\n  </x>\n</project>\n")
        self.write("CHANGELOG.md", CHANGELOG)
        self.write(".gitignore", "target/\n")
        self.write("source", "the program\n")
        self.write("bom", '{"bomFormat" : "CycloneDX"}\n')
        self.write("monitor-bom", '{"bomFormat" : "CycloneDX", "version" : 1}\n')
        self.environment = dict(
            os.environ, PATH=f"{programs}:{os.environ['PATH']}", CALLS=str(self.calls), HOME=str(folder), GIT_CONFIG_NOSYSTEM="1",
            GIT_AUTHOR_NAME="A", GIT_AUTHOR_EMAIL="a@b.c", GIT_COMMITTER_NAME="A", GIT_COMMITTER_EMAIL="a@b.c",
        )  # fmt: skip
        self.git("init", "-q")
        self.commit()
        if tag:
            self.git("tag", tag)

    def write(self, name, text):
        (self.tree / name).write_text(text)

    def git(self, *words):
        subprocess.run(["git", *words], cwd=self.tree, env=self.environment, check=True, capture_output=True)

    def commit(self):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "A change")

    def release(self, *words, **environment):
        return subprocess.run(
            ["bash", self.tree / "deploy/release", *words], cwd=self.folder, env={**self.environment, **environment},
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    def makes(self, out, *words):
        done = self.release(*words, out)
        assert done.returncode == 0, done
        return {file.name: file.read_bytes() for file in out.iterdir()}

    def refuses(self, reason, *words, code=1, out=None):
        done = self.release(*words, out or self.out)
        assert done.returncode == code, done
        assert reason in done.stderr, done.stderr
        assert out is not None or not self.out.exists(), "it left a folder"
        left = [path.name for path in self.folder.iterdir() if path.name.startswith(".release")]
        assert not left, left


class ReleaseChecks:
    """The checks, each in a project of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.count = 0

    def project(self, **more):
        self.count += 1
        return Project(self.folder / str(self.count), **more)

    def a_tagged_commit_gives_all_files_and_their_sums(self):
        project = self.project()
        files = project.makes(project.out)
        assert sorted(files) == FILES, sorted(files)
        subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=project.out, check=True)
        assert files["SHA256SUMS"].count(b"\n") == len(FILES) - 1
        assert files["reedgate-1.2.3.cdx.json"] != files["reedgate-monitor-1.2.3.cdx.json"], "one bill of materials twice"
        notes = files["release-notes.md"].decode()
        assert notes.startswith("# reedgate 1.2.3\n") and "2026-02-28" in notes and notes.endswith("\n- A thing.\n"), notes
        assert "older" not in notes and "Not yet" not in notes and "## [" not in notes, notes

    def two_releases_of_a_commit_are_the_same(self):
        project = self.project()
        first = project.makes(project.folder / "first")
        second = project.makes(project.folder / "second")
        assert first == second
        places = {line.split()[0] for line in project.calls.read_text().splitlines()}
        assert len(places) == 2 and str(project.tree) not in places, places
        assert {line.split(maxsplit=1)[1] for line in project.calls.read_text().splitlines()} == {"0022 UTC"}

    def another_source_gives_other_sums(self):
        project = self.project()
        first = project.makes(project.folder / "first")
        project.write("source", "another program\n")
        project.commit()
        second = project.makes(project.folder / "second", "--dry-run")
        assert first["SHA256SUMS"] != second["SHA256SUMS"]

    def what_git_does_not_know_takes_no_part(self):
        project = self.project()
        (project.tree / "target").mkdir()
        project.write("target/offline", "")
        assert sorted(project.makes(project.out)) == FILES

    def a_tree_that_is_not_clean_is_refused(self):
        project = self.project()
        project.write("source", "changed\n")
        project.refuses("not clean")
        project.refuses(" M source", "--dry-run")
        project.git("checkout", "source")
        project.write("new", "")
        project.refuses("?? new")
        assert not project.calls.exists(), "it built first"

    def a_commit_without_its_tag_is_refused(self):
        project = self.project(tag=None)
        project.refuses("has no tag: 'git tag -a v1.2.3' makes one")
        project.git("tag", "v1.2.4")
        project.refuses("v1.2.3 is expected")
        assert sorted(project.makes(project.out, "--dry-run")) == FILES

    def a_folder_that_is_no_repository_is_refused(self):
        project = self.project()
        shutil.rmtree(project.tree / ".git")
        project.refuses("no git repository")

    def a_version_that_is_not_released_is_refused(self):
        project = self.project()
        project.write("pom.xml", "<project>\n  <version>1.2.3-SNAPSHOT</version>\n</project>\n")
        for words in ((), ("--dry-run",), ("--built",)):
            project.refuses("a release has no SNAPSHOT", *words)

    def a_changelog_that_does_not_have_the_version_is_refused(self):
        for text, reason in (
            (CHANGELOG.replace("1.2.3", "1.2.9"), "no heading '## [1.2.3] - "),
            (CHANGELOG.replace("- 2026-02-28", ""), "no heading '## [1.2.3] - "),
            ("## [1.2.3] - 2026-02-28\n\n## [1.2.2] - 2026-01-31\n\n- x\n", "has nothing below"),
        ):
            project = self.project()
            project.write("CHANGELOG.md", text)
            project.commit()
            project.refuses(reason, "--dry-run")

    def a_build_that_fails_or_leaves_something_out_is_told(self):
        project = self.project()
        project.write("break", "")
        project.commit()
        project.refuses("COMPILATION ERROR", "--dry-run")
        project.refuses("the build failed", "--dry-run")
        project.git("mv", "break", "offline")
        project.commit()
        project.refuses("no deploy/dist/target/reedgate-1.2.3.cdx.json: Maven makes it only", "--dry-run")
        project.git("mv", "offline", "offline-monitor")
        project.commit()
        project.refuses("no deploy/monitor/target/reedgate-monitor-1.2.3.cdx.json: Maven makes it only", "--dry-run")
        project.git("mv", "offline-monitor", "one")
        project.commit()
        project.refuses("no deploy/deb/target/reedgate-monitor_1.2.3_all.deb", "--dry-run")

    def a_bill_of_materials_that_would_differ_is_refused(self):
        for bill, name in (("bom", "reedgate"), ("monitor-bom", "reedgate-monitor")):
            for key in ("serialNumber", "timestamp"):
                project = self.project()
                project.write(bill, f'{{"{key}" : "x"}}\n')
                project.commit()
                project.refuses(f"{name}-1.2.3.cdx.json has a serial number or a time", "--dry-run")

    def what_was_built_before_is_put_together(self):
        project = self.project()
        project.refuses("run mvn package first", "--built")
        subprocess.run(["mvn"], cwd=project.tree, env=project.environment, check=True)
        project.calls.unlink()
        assert sorted(project.makes(project.out, "--built")) == FILES
        assert not project.calls.exists(), "it built"
        (project.tree / "deploy/deb/target/reedgate_1.2.2_all.deb").write_text("")
        project.refuses("is not of version 1.2.3", "--built", out=project.folder / "other")

    def another_folder_is_not_touched(self):
        project = self.project()
        project.out.mkdir()
        (project.out / "mine").write_text("")
        project.refuses("is not empty", out=project.out)
        (project.out / "mine").unlink()
        assert sorted(project.makes(project.out)) == FILES
        file = project.folder / "file"
        file.write_text("")
        project.refuses("is not a folder", out=file)

    def help_and_wrong_arguments(self):
        project = self.project()
        for word in ("--help", "-h"):
            done = project.release(word)
            assert done.returncode == 0 and done.stdout.startswith("Usage: deploy/release"), done
        for words in (("--fast",), ("a", "b"), ("--dry-run", "--built"), ("",)):
            done = project.release(*words)
            assert done.returncode == 2 and "Usage:" in done.stderr, done
        assert sorted(path.name for path in project.tree.iterdir()) == [
            ".git", ".gitignore", "CHANGELOG.md", "bom", "deploy", "monitor-bom", "pom.xml", "source",
        ]  # fmt: skip

    def checks(self):
        return [getattr(self, name) for name in vars(ReleaseChecks) if not name.startswith("_") and name not in ("checks", "project")]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", type=pathlib.Path, help="file for a report in JUnit's format")
    given = parser.parse_args()
    checks = Checks("release")
    with tempfile.TemporaryDirectory(prefix="reedgate-release-") as folder:
        group = ReleaseChecks(pathlib.Path(folder))
        for check in group.checks():
            checks.run(check.__name__.replace("_", " "), check)
    if given.report:
        checks.report(given.report)
    sys.exit(1 if checks.failed() else 0)


if __name__ == "__main__":
    main()
