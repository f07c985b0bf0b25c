#!/usr/bin/env python3
"""Holds DDI-Codebook files against content_models.json beside this program, and prints every breach: file, line, element.

    python3 tests/reference/ddi/check.py codebook.ddi.xml …

Exits 1 when there is one. What the models do not describe is a breach too: nothing passes that was not looked at.
"""
import json
import re
import sys
from pathlib import Path
from xml.parsers import expat

MODELS = json.loads(Path(__file__).with_name("content_models.json").read_text(encoding="utf-8"))
DDI = "{" + MODELS["namespace"] + "}"
XML = "{http://www.w3.org/XML/1998/namespace}"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"

# Of XML names only the letters of ASCII: stricter than the standard, and all that we write.
NCNAME = r"[A-Za-z_][A-Za-z0-9._-]*"
YEAR = r"-?\d{4,}"
ZONE = r"(Z|[+-]\d\d:\d\d)?"
PATTERNS = {
    "string": r"(?s).*",
    "anyURI": r"\S*",
    "language": r"([A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*)?",
    "NMTOKEN": r"[A-Za-z0-9._:-]+",
    "NCName": NCNAME,
    "ID": NCNAME,
    "IDREF": NCNAME,
    "IDREFS": rf"{NCNAME}( {NCNAME})*",
    "date": rf"{YEAR}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?)?)?)?{ZONE}",
}


def short(name):
    """A name as people write it."""
    for long, prefix in ((DDI, ""), (XML, "xml:"), (XSI, "xsi:")):
        if name.startswith(long):
            return prefix + name[len(long) :]
    return name


def particles(model):
    """`[(name, at least, at most)]` of `a b? c* d+`; at most None is as many as one likes."""
    parts = []
    for part in model.split():
        name, least, most = part, 1, 1
        if part[-1] in "?*+":
            name, least, most = part[:-1], int(part[-1] == "+"), 1 if part[-1] == "?" else None
        parts.append((name if name.startswith("{") else DDI + name, least, most))
    return parts


def fits(name, particle):
    return name.startswith(particle) if particle.endswith("}") else name == particle


class Element:
    def __init__(self, name, line):
        self.name, self.line = name, line
        self.model = MODELS["elements"].get(short(name)) if name.startswith(DDI) else None
        self.parts = particles(self.model.get("children", "")) if self.model else []
        self.place, self.count = 0, 0


class Check:
    def __init__(self):
        self.breaches, self.open, self.ids, self.references = [], [], {}, []

    def say(self, line, element, what):
        self.breaches.append((line, short(element), what))

    def run(self, data):
        parser = expat.ParserCreate(namespace_separator="}")
        parser.ordered_attributes = True
        named = lambda name: "{" + name if "}" in name else name
        parser.StartElementHandler = lambda name, pairs: self.start(
            named(name), [(named(key), value) for key, value in zip(pairs[::2], pairs[1::2])], parser.CurrentLineNumber
        )
        parser.EndElementHandler = lambda name: self.end(parser.CurrentLineNumber)
        parser.CharacterDataHandler = lambda text: self.text(text, parser.CurrentLineNumber)
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            self.say(error.lineno, "", f"not XML: {error}")
        for line, element, attribute, name in self.references:
            if name not in self.ids:
                self.say(line, element, f"{attribute} points to {name!r}, which no element has as its ID")
        return sorted(self.breaches)

    def start(self, name, attributes, line):
        if self.open:
            self.child(self.open[-1], name, line)
        elif name != DDI + MODELS["root"]:
            self.say(line, name, f"the outermost element must be {MODELS['root']} of {MODELS['namespace']}")
        element = Element(name, line)
        self.open.append(element)
        if element.model is None:
            self.say(line, name, "the models do not describe it")
            return
        for attribute, value in attributes:
            self.attribute(element, attribute, value)
        present = [attribute for attribute, _ in attributes]
        for attribute in element.model.get("required", []):
            if attribute not in present:
                self.say(line, name, f"the attribute {attribute} is missing")

    def child(self, parent, name, line):
        if parent.model is None:
            return
        if "mixed" in parent.model:
            if short(name) not in MODELS["mixed"][parent.model["mixed"]].split():
                self.say(line, name, f"not allowed inside {short(parent.name)}")
            return
        places = [place for place, (particle, _, _) in enumerate(parent.parts) if fits(name, particle)]
        if not places:
            self.say(line, name, f"not allowed inside {short(parent.name)}")
        elif places[0] < parent.place:
            self.say(line, name, f"must stand before {short(parent.parts[parent.place][0])} inside {short(parent.name)}")
        else:
            self.pass_by(parent, places[0], line)
            parent.count += 1
            most = parent.parts[parent.place][2]
            if most is not None and parent.count > most:
                self.say(line, name, f"at most {most} inside {short(parent.name)}")

    def pass_by(self, parent, place, line):
        """Moves on in the sequence; what is required on the way must have been there."""
        while parent.place < place:
            particle, least, _ = parent.parts[parent.place]
            if parent.count < least:
                self.say(line, parent.name, f"{short(particle)} is missing")
            parent.place, parent.count = parent.place + 1, 0

    def end(self, line):
        element = self.open.pop()
        if element.parts:
            self.pass_by(element, len(element.parts), line)

    def text(self, text, line):
        element = self.open[-1]
        if element.model and "mixed" not in element.model and text.strip(" \t\r\n"):
            self.say(line, element.name, f"text where only elements may stand: {text.strip()[:40]!r}")

    def attribute(self, element, attribute, value):
        def say(what):
            self.say(element.line, element.name, f"{short(attribute)}={value!r}: {what}")

        if attribute in (XSI + "schemaLocation", XSI + "noNamespaceSchemaLocation"):
            if attribute.endswith("}schemaLocation") and len(value.split()) % 2:
                say("pairs of a namespace and an address")
            return
        known = MODELS["everywhere"] | element.model.get("attributes", {})
        kind = known.get(short(attribute))
        if kind is None:
            return say("no such attribute")
        if isinstance(kind, dict):
            if value != kind["fixed"]:
                say(f"must be {kind['fixed']!r}")
            return
        if isinstance(kind, list):
            if value.strip() not in kind:
                say("must be one of " + ", ".join(kind))
            return
        if kind != "string":
            value = " ".join(value.split())
        if not re.fullmatch(PATTERNS[kind], value):
            return say(f"not of the type {kind}")
        if kind == "ID":
            if value in self.ids:
                say(f"the same ID as in line {self.ids[value]}")
            self.ids.setdefault(value, element.line)
        elif kind in ("IDREF", "IDREFS"):
            self.references += [(element.line, element.name, attribute, name) for name in value.split()]


def breaches(data):
    """Every breach in a document: `[(line, element, what)]`."""
    return Check().run(data)


def main(paths):
    found = 0
    for path in paths:
        for line, element, what in breaches(Path(path).read_bytes()):
            print(f"{path}:{line}: {element}: {what}")
            found += 1
    print(f"{len(paths)} files, {found} breaches", file=sys.stderr)
    return 1 if found or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
