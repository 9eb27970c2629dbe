"""Named checks, told as they pass or fail, and a report in JUnit's format."""

import time
import traceback
import xml.etree.ElementTree as ElementTree


class Checks:
    """Runs checks one after the other and remembers how they went."""

    def __init__(self, suite):
        self.suite = suite
        self.done = []

    def run(self, name, check):
        """Whether it passed."""
        started = time.monotonic()
        try:
            check()
            trouble = None
        except Exception:  # whatever went wrong, the next check still runs
            trouble = traceback.format_exc()
        seconds = time.monotonic() - started
        self.done.append((name, seconds, trouble))
        print(f"{'FAIL' if trouble else 'ok  '}  {seconds:5.1f} s  {name}", flush=True)
        if trouble:
            print("      " + trouble.strip().replace("\n", "\n      "), flush=True)
        return trouble is None

    def failed(self):
        return sum(1 for _, _, trouble in self.done if trouble)

    def report(self, file):
        root = ElementTree.Element(
            "testsuite",
            name=self.suite,
            tests=str(len(self.done)),
            failures=str(self.failed()),
            errors="0",
            skipped="0",
            time=f"{sum(seconds for _, seconds, _ in self.done):.3f}",
        )
        for name, seconds, trouble in self.done:
            case = ElementTree.SubElement(root, "testcase", classname=self.suite, name=name, time=f"{seconds:.3f}")
            if trouble:
                ElementTree.SubElement(case, "failure").text = trouble
        file.parent.mkdir(parents=True, exist_ok=True)
        ElementTree.ElementTree(root).write(file, encoding="utf-8", xml_declaration=True)
