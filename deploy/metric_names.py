"""Names of metrics in alerts and dashboard that no silo exports. Called by deploy/check with a file that holds
what a silo answers at /metrics; ends with 1 where a name is unknown."""
import json
import pathlib
import re
import sys

import yaml

DEPLOY = pathlib.Path(__file__).parent
TELEMETRY = DEPLOY.parent / "src" / "WaGrains.Host" / "Telemetry"

# Words of the query language, and labels that stand where a metric could.
LANGUAGE = {
    "sum", "max", "min", "avg", "count", "rate", "increase", "resets", "by", "without", "histogram_quantile", "le", "and", "or",
    "unless", "on", "ignoring", "up",
}


def expressions():
    """Every expression, with the place it stands in."""
    for group in yaml.safe_load((DEPLOY / "prometheus/alerts.yaml").read_text())["groups"]:
        for rule in group["rules"]:
            yield f"alert {rule['alert']}", rule["expr"]
    for panel in json.loads((DEPLOY / "grafana/dashboard.json").read_text())["panels"]:
        for target in panel["targets"]:
            yield f"panel {panel['title']}", target["expr"]


def names(expression):
    """The metrics in an expression: what is left without labels, ranges and the words of the language."""
    plain = re.sub(r"\{[^}]*\}|\[[^]]*\]|\b(by|without)\s*\([^)]*\)", " ", expression)
    return {word for word in re.findall(r"[a-zA-Z_:][a-zA-Z0-9_:]*", plain) if word not in LANGUAGE}


def shown(file):
    """What the silo shows, histograms by the names of their series."""
    return set(re.findall(r"^([a-zA-Z_:][a-zA-Z0-9_:]*)", pathlib.Path(file).read_text(), re.MULTILINE))


def declared():
    """Counters of ours as Prometheus will name them once they have counted."""
    text = "\n".join(file.read_text() for file in TELEMETRY.glob("*.cs"))
    return {
        name.replace(".", "_") + "_total"
        for name in re.findall(r'Counter(?:<long>)?\(\s*"(wagrains[a-z_.]*)"', text)
    }


def main():
    live, later = shown(sys.argv[1]), declared()
    waiting, unknown = set(), []
    for place, expression in expressions():
        for name in names(expression):
            if name in live:
                continue
            if name in later:
                waiting.add(name)
            else:
                unknown.append(f"{place}: no silo exports {name}")
    for name in sorted(waiting):
        print(f"declared, has not counted yet: {name}")
    print("\n".join(unknown))
    return 1 if unknown else 0


sys.exit(main())
