"""Tests of svar.py: `SVAR_LIBRARY=… python3 -m unittest discover examples/python`."""

import json
import threading
import unittest
from datetime import datetime, timedelta, timezone

import svar

BLAME = "You should have read the terms."


def facebook(**facts) -> svar.Case:
    return svar.Case("facebook", "en", [svar.Message("Third time this week!!")], intent="complaint", **facts)


class Judging(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.policy = svar.Policy.builtin()

    def test_findings(self):
        with self.policy.validate(facebook(tags=["vip"]), BLAME, datetime.now(timezone.utc)) as report:
            self.assertFalse(report.passes)
            found = list(report)
            self.assertEqual(len(found), len(report))
            self.assertEqual(len(found), sum(report.count(severity) for severity in svar.Severity))
            blame = next(finding for finding in found if finding.rule == "tone.blame")
            self.assertEqual(blame.severity, svar.Severity.ERROR)
            self.assertEqual(blame.evidence, BLAME.encode()[blame.start : blame.end].decode())
            self.assertTrue(any(finding.fix for finding in found))
            self.assertEqual(report.policy[0], "svar:builtin")

    def test_both_forms_agree(self):
        request = {
            "case": {"channel": "facebook", "language": "en",
                     "messages": [{"from": "customer", "text": "Third time this week!!"}], "facts": {"intent": "complaint"}},
            "reply": BLAME,
        }
        with self.policy.validate(facebook(), BLAME) as report:
            self.assertEqual(report.json(), self.policy.ask_json("validate", json.dumps(request)))
            self.assertEqual(json.loads(report.json()), self.policy.ask("validate", request))

    def test_every_fact_is_passed_on(self):
        """Everything that can be known of a case, as values and as JSON; a rule for each fact misses one that is lost."""
        conditions = {
            "media": "true", "consent": "true", "fixed": "true", "identified": "true", "investigated": "true",
            "offered": "true", "told": "true", "loss": "true", "loss_kind": "'goods'", "beyond_agent": "true",
            "fault": "'ours'", "tag": "'vip'", "priority": "'high'", "severity": "'critical'",
        }
        rules = "".join(
            f"[rules.'fact.{name.replace('_', '-')}']\nwhen = {{ {name} = {value} }}\nforbid = {{ phrases = ['hello'] }}\n"
            for name, value in conditions.items()
        )
        policy = svar.Policy.load("svar = 1\nname = 'facts'\nextends = ['svar:care']\nlanguages = ['en']\n" + rules)
        earlier = datetime(2026, 11, 21, 9, 30, tzinfo=timezone(timedelta(hours=1)))
        now = earlier + timedelta(minutes=30)
        reply = "Hello Sam! We will refund you 2500 kr."
        case = svar.Case(
            "facebook",
            "en",
            [svar.Message("Third time this week!!", at=earlier, visibility=svar.Visibility.PUBLIC)],
            svar.Visibility.PUBLIC,
            id="4711",
            events=[svar.Event("tag", earlier, "outage"), svar.Event("pause", earlier)],
            intent="complaint",
            fault=svar.Fault.OURS,
            priority=svar.Level.HIGH,
            severity=svar.Level.CRITICAL,
            loss=svar.Money(24950, "NOK"),
            loss_kind=svar.LossKind.GOODS,
            offer=svar.Money(250000, "NOK"),
            approved_by="manager",
            reactions=12,
            comments=3,
            shares=4,
            followers=5,
            similar_cases=8,
            reach=6,
            population=7,
            usual_reactions=1500,
            usual_comments=0,
            samples=[svar.Sample(earlier, 1, 2)],
            media=True,
            consent=True,
            fixed=True,
            identified=True,
            investigated=True,
            offered=True,
            deadline_passed=True,
            told=True,
            complexity=svar.Level.CRITICAL,
            tags=["vip"],
            customer_name="Sam",
            agent_name="Jo",
            agent_role="manager",
            agent_level=svar.Level.LOW,
            training=[],
        )
        at = earlier.isoformat()
        request = {
            "case": {
                "id": "4711", "channel": "facebook", "visibility": "public", "language": "en",
                "messages": [{"from": "customer", "at": at, "text": "Third time this week!!", "visibility": "public"}],
                "events": [{"at": at, "kind": "tag", "value": "outage"}, {"at": at, "kind": "pause"}],
                "facts": {
                    "intent": "complaint", "fault": "ours", "priority": "high", "severity": "critical",
                    "loss": {"amount": "249.50", "currency": "NOK"}, "loss_kind": "goods",
                    "offer": {"amount": "2500", "currency": "NOK"}, "approved_by": "manager", "reactions": 12,
                    "comments": 3, "shares": 4, "followers": 5, "similar_cases": 8, "reach": 6, "population": 7,
                    "baseline": {"reactions_per_hour": 1.5, "comments_per_hour": 0},
                    "samples": [{"at": at, "reactions": 1, "comments": 2}], "media": True, "consent": True,
                    "fixed": True, "identified": True, "investigated": True, "offered": True, "deadline_passed": True,
                    "told": True, "complexity": "critical", "tags": ["vip"],
                },
                "customer": {"name": "Sam"},
                "agent": {"name": "Jo", "role": "manager", "level": "low", "training": []},
            },
            "reply": reply,
            "now": now.isoformat(),
        }
        with policy.validate(case, reply, now) as report:
            self.assertEqual(report.json(), policy.ask_json("validate", json.dumps(request)))
            rules = {finding.rule for finding in report}
        self.assertLessEqual({f"fact.{name.replace('_', '-')}" for name in conditions}, rules)
        self.assertIn("complaint.offer-beyond-reason", rules)
        for wrong in (-1, 1 << 64):
            with self.assertRaises(ValueError):
                policy.validate(svar.Case("facebook", reactions=wrong), reply)

    def test_nul_stays(self):
        answer = self.policy.ask("read", {"text": "a\0b"})
        self.assertEqual(answer["length"]["bytes"], 3)

    def test_masked(self):
        with self.policy.validate(facebook(), "Mail jo@example.com") as report, report.masked() as masked:
            self.assertNotIn("jo@", masked.json())

    def test_threads(self):
        failed = []

        def work():
            try:
                for _ in range(50):
                    with self.policy.validate(facebook(), BLAME) as report:
                        assert not report.passes
            except BaseException as error:
                failed.append(error)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failed, [])


class Failing(unittest.TestCase):
    def test_requests(self):
        policy = svar.Policy.builtin()
        for verb, request, status, code in [
            ("validate", "{", svar.Status.REQUEST, "syntax"),
            ("validte", "{}", svar.Status.BAD_ARGUMENT, "unknown-value"),
            ("read", '{"text": "\ud83d"}', svar.Status.NOT_UTF8, "not-utf8"),
            ("validate", '{"case": {"channel": "facebok"}, "reply": ""}', svar.Status.REQUEST, "unknown-channel"),
        ]:
            with self.assertRaises(svar.Error) as caught:
                policy.ask_json(verb, request)
            self.assertEqual(caught.exception.status, status)
            self.assertEqual(caught.exception.diagnostics[0].code, code)
            self.assertIn(code, caught.exception.json)
            self.assertIn(code, str(caught.exception))

    def test_what_is_closed_says_so(self):
        policy = svar.Policy.builtin()
        policy.close()
        policy.close()
        with self.assertRaises(svar.Error) as caught:
            policy.name
        self.assertEqual(caught.exception.status, svar.Status.NULL_ARGUMENT)

    def test_policies(self):
        with self.assertRaises(svar.Error) as caught:
            svar.Policy.load("svar = 1\nnam = 'x'\n")
        self.assertEqual(caught.exception.status, svar.Status.POLICY)
        self.assertEqual({one.code for one in caught.exception.diagnostics}, {"unknown-key", "missing-key"})
        self.assertEqual(next(one for one in caught.exception.diagnostics if one.code == "unknown-key").line, 2)

    def test_index(self):
        with svar.Policy.builtin().validate(facebook(), "Hi") as report:
            with self.assertRaises(IndexError):
                report[len(report)]

    def test_amounts_do_not_wrap(self):
        case = svar.Case("facebook", offer=svar.Money(2**64 + 5, "NOK"))
        with self.assertRaises(ValueError):
            svar.Policy.builtin().validate(case, "Hei")

    def test_instants_have_zones(self):
        with self.assertRaises(ValueError):
            svar.Policy.builtin().validate(facebook(), "Hi", datetime(2026, 11, 21))


class Layers(unittest.TestCase):
    def test_layers(self):
        with svar.PolicyBuilder() as builder:
            builder.pack("acme:tone", "svar = 1\nname = 'acme:tone'\n[rules.'tone.blame']\noff = true\n")
            builder.layer(
                "ours.toml",
                "svar = 1\nname = 'ours'\nversion = '3'\nextends = ['svar:care', 'acme:tone']\nlanguages = ['en']\n",
            )
            self.assertEqual(builder.check(), [])
            policy = builder.build()
        self.assertEqual((policy.name, policy.version, policy.warnings()), ("ours", "3", []))
        self.assertEqual(svar.Policy.load(policy.print()).print(), policy.print())
        with policy.validate(facebook(), BLAME) as report:
            self.assertNotIn("tone.blame", [finding.rule for finding in report])

    def test_version(self):
        self.assertRegex(svar.version(), r"^\d+\.\d+\.\d+")


if __name__ == "__main__":
    unittest.main()
