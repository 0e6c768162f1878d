"""Judges the request in a file, twice: as JSON, and as values. Prints both answers.

    cargo rustc --release --lib --features capi --crate-type cdylib
    SVAR_LIBRARY=target/release/libsvar.so python3 examples/python/example.py examples/case.json
"""

import sys
from pathlib import Path

import svar

policy = svar.Policy.builtin()

print(policy.ask_json("validate", Path(sys.argv[1]).read_text(encoding="utf-8")))

case = svar.Case(
    channel="facebook",
    language="nb",
    intent="complaint",
    agent_name="Ida",
    messages=[svar.Message("Ruteren har blinket rødt siden i går, og ingen svarer på chatten!!")],
)
with policy.validate(case, "Hei Jonas! 🙃 Du burde ha lest driftsmeldingene. Hilsen Ida") as report:
    for finding in report:
        print(f"{finding.rule}: {finding.message}", file=sys.stderr)
    print(report.json())
