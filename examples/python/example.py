"""Judges a reply and writes another, for the case in a file. Prints what `svar validate` and `svar draft` print; what was
found is told for people, from values.

    cargo rustc --release --lib --features capi --crate-type cdylib
    SVAR_LIBRARY=target/release/libsvar.so python3 examples/python/example.py examples/case.json
"""

import json
import sys
from pathlib import Path

import svar

REPLY = "Hei Jonas! 🙃 Du burde ha lest driftsmeldingene. Hilsen Ida"

facts = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))

with svar.Policy.builtin() as policy:
    # May we say this? As JSON, and as values.
    print(policy.ask_json("validate", json.dumps({"case": facts, "reply": REPLY})))

    case = svar.Case(
        channel="facebook",
        language="nb",
        intent="complaint",
        agent_name="Ida",
        messages=[svar.Message("Ruteren har blinket rødt siden i går, og ingen svarer på chatten!!")],
    )
    with policy.validate(case, REPLY) as report:
        for finding in report:
            print(f"{finding.rule}: {finding.message}", file=sys.stderr)
        print(report.json())

    # What should we say?
    print(policy.ask_json("draft", json.dumps({"case": facts})))
