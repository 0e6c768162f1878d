//! What a policy changes, and the mistakes it can make.

use svar::playbook::{Action, Timing};
use svar::sla::clock::Metric;
use svar::source::Diagnostics;
use svar::{Policy, Scratch};

use super::{at, case, policy, with};

#[test]
fn another_order_is_chosen_by_its_name() {
    let text = |extra: &str| {
        format!("svar = 1\nname = 'acme'\nextends = ['svar:care']\nlanguages = ['en']\n{extra}")
    };
    let complaint = case("messenger", "en", &["customer: Terrible service, nothing works!"]);
    for (extra, playbook, step) in [
        ("", "complaint", "acknowledge"),
        ("[playbooks.heard]\noff = false\n", "heard", "hear"),
        ("[playbooks.last]\noff = false\n", "last", "listen"),
    ] {
        let policy = Policy::from_toml(&text(extra)).unwrap();
        let next = policy.next(&complaint, None).unwrap();
        assert_eq!(next.playbook.unwrap(), playbook);
        assert_eq!(next.step.unwrap().id, step);
    }
    let both = Policy::from_toml(&text("[playbooks.heard]\noff = false\n[playbooks.last]\noff = false\n"));
    assert!(both.unwrap_err().to_string().contains("two playbooks stand in for `complaint`"));
}

#[test]
fn a_policy_adds_changes_and_drops_steps_by_key() {
    let text = "svar = 1\nname = 'acme'\nextends = ['svar:care']\nlanguages = ['en']\n\
        [playbooks.complaint.steps.investigate]\noff = true\n\
        [playbooks.complaint.steps.acknowledge]\nasks = ['+', 'thanks']\noptional = ['-', 'thanks']\n\
        [playbooks.complaint.steps.log]\nafter = 'acknowledge'\naction = 'act'\nclosed_by = [{ event = 'logged' }]\n\
        [playbooks.vip]\nwhen = { tag = 'vip' }\nrank = 99\n\
        [playbooks.vip.steps.call]\naction = 'hand-over'\nrole = 'concierge'\nclosed_by = [{ event = 'called' }]\n";
    let policy = Policy::from_toml(text).unwrap();
    let complaint =
        case("messenger", "en", &["customer: Terrible service, nothing works!", "agent: We're so sorry."]);
    let due = policy.next(&complaint, None).unwrap();
    assert_eq!(due.step_id(), Some("log"));
    let first = case("messenger", "en", &["customer: Terrible service, nothing works!"]);
    assert!(policy.next(&first, None).unwrap().asks("thanks"));
    let vip = with(first, r#"{"tags": ["vip"]}"#);
    let due = policy.next(&vip, None).unwrap();
    assert_eq!((due.action, due.step.unwrap().role.as_deref()), (Action::HandOver, Some("concierge")));
}

fn mistakes(extra: &str) -> Diagnostics {
    let text = format!("svar = 1\nname = 'acme'\nextends = ['svar:care']\nlanguages = ['en']\n{extra}");
    Policy::from_toml(&text).unwrap_err()
}

#[test]
fn misspelt_names_are_told_with_what_was_meant() {
    for (extra, code, help) in [
        (
            "[playbooks.complaint.steps.acknowledge]\nasks = ['apologgy']\n",
            "unknown-value",
            "did you mean `apology`?",
        ),
        (
            "[playbooks.complaint.steps.log]\nafter = 'acknowlege'\nclosed_by = [{ said = true }]\n",
            "unknown-value",
            "did you mean `acknowledge`?",
        ),
        ("[playbooks.complant]\nrank = 3\n", "unknown-playbook", "did you mean `complaint`?"),
        (
            "[playbooks.complant.steps.acknowledge]\nasks = ['apology']\n",
            "unknown-playbook",
            "did you mean `complaint`?",
        ),
        (
            "[rules.x]\nforbid = { act = 'slang' }\nwhen = { step = 'complaint.identfy' }\n",
            "unknown-value",
            "did you mean `complaint.identify`?",
        ),
        (
            "[rules.x]\nforbid = { act = 'slang' }\nwhen = { before_step = 'complaint/identify' }\n",
            "unknown-value",
            "did you mean `complaint.identify`?",
        ),
        (
            "[rules.x]\nforbid = { act = 'slang' }\nwhen = { step = 'remdy' }\n",
            "unknown-value",
            "did you mean `remedy`?",
        ),
        (
            "[rules.x]\nforbid = { act = 'slang' }\nwhen = { playbook = 'crisys' }\n",
            "unknown-value",
            "did you mean `crisis`?",
        ),
        (
            "[playbooks.complaint.steps.remedy]\nrole = 'managr'\n[authority.manager]\n",
            "unknown-value",
            "did you mean `manager`?",
        ),
        (
            "[authority.agent]\ncase = { NOK = 5 }\nabove = 'manger'\n[authority.manager]\n",
            "unknown-value",
            "did you mean `manager`?",
        ),
        ("[remedies.refund]\nkind = 'refnd'\n", "unknown-value", "did you mean `refund`?"),
        (
            "[playbooks.complaint.steps.acknowledge]\nclock = 'first-respons'\n",
            "unknown-value",
            "did you mean `first-response`?",
        ),
        (
            "[playbooks.complaint.steps.remedy.branches.x]\nwhen = { fixed = true }\nclock = 'solution'\n",
            "unknown-value",
            "did you mean `resolution`?",
        ),
        (
            "[playbooks.complaint.steps.acknowledge]\nask = ['apology']\n",
            "unknown-key",
            "did you mean `asks`?",
        ),
    ] {
        let errors = mistakes(extra);
        let first = errors.first();
        assert_eq!((first.code(), first.help()), (code, Some(help)), "{extra}: {}", errors.render());
        assert!(first.location().is_some());
    }
}

#[test]
fn a_step_that_no_playbook_has_is_told_which_there_are() {
    let errors = mistakes("[rules.x]\nforbid = { act = 'slang' }\nwhen = { step = 'praise.qqqqqqqq' }\n");
    let help = errors.first().help().unwrap();
    assert!(help.starts_with("it can be `praise."), "{help}");
    let errors = mistakes("[rules.x]\nforbid = { act = 'slang' }\nwhen = { step = 'qqqqqqqq' }\n");
    let names: Vec<&str> = errors.first().help().unwrap().split('`').skip(1).step_by(2).collect();
    assert!(names.iter().all(|name| name.contains('.')), "{names:?}");
    let each: std::collections::BTreeSet<&&str> = names.iter().collect();
    assert_eq!(each.len(), names.len(), "{names:?}");
    let errors = mistakes("[playbooks.complant.steps.acknowledge]\nasks = ['apology']\n");
    assert_eq!(errors.iter().count(), 1, "{}", errors.render());
}

#[test]
fn what_cannot_be_is_told() {
    for (extra, code) in [
        (
            "[playbooks.x]\nwhen = { tag = 'x' }\n[playbooks.x.steps.y]\nasks = ['thanks']\nforbidden = ['thanks']\nclosed_by = [{ said = true }]\n",
            "contradiction",
        ),
        (
            "[playbooks.x]\nwhen = { tag = 'x' }\n[playbooks.x.steps.y]\naction = 'hide'\nasks = ['thanks']\nclosed_by = [{ said = true }]\n",
            "contradiction",
        ),
        (
            "[playbooks.x]\nwhen = { fixed = true }\n[playbooks.x.steps.y]\nwhen = { fixed = false }\nclosed_by = [{ said = true }]\n",
            "unreachable",
        ),
        (
            "[playbooks.x]\nwhen = { tag = 'x' }\n[playbooks.x.steps.y]\nwhen = { fixed = true }\nclosed_by = [{ when = { fixed = true } }]\n",
            "unreachable",
        ),
        (
            "[playbooks.x]\nwhen = { any = [{ fixed = true, any = [{ fixed = false }] }] }\n[playbooks.x.steps.y]\nclosed_by = [{ said = true }]\n",
            "unreachable",
        ),
        (
            "[playbooks.x]\nwhen = { tag = 'x' }\n[playbooks.x.steps.y]\nclosed_by = [{ by = 'agent' }]\n",
            "endless-step",
        ),
        (
            "[playbooks.x]\nwhen = { step = 'remedy' }\n[playbooks.x.steps.y]\nclosed_by = [{ said = true }]\n",
            "unknown-value",
        ),
        (
            "[playbooks.x]\ninstead_of = 'y'\n[playbooks.x.steps.y]\nclosed_by = [{ said = true }]\n",
            "unknown-value",
        ),
    ] {
        let errors = mistakes(extra);
        assert_eq!(errors.first().code(), code, "{extra}: {}", errors.render());
    }
}

#[test]
fn a_policy_may_switch_off_what_built_in_rules_name() {
    for extra in [
        "[playbooks.complaint]\noff = true\n",
        "[playbooks.complaint.steps.remedy]\noff = true\n",
        "[playbooks.urgent]\noff = true\n",
    ] {
        let text = format!("svar = 1\nname = 'acme'\nextends = ['svar:care']\nlanguages = ['en']\n{extra}");
        if let Err(errors) = Policy::from_toml(&text) {
            panic!("{extra}: {}", errors.render());
        }
    }
}

#[test]
fn a_promise_is_no_longer_than_the_clock() {
    let now = at("2026-11-20T10:00:00Z");
    let mut timing = Timing::default();
    timing.due.push((Metric::Resolution, at("2026-11-20T14:00:00Z")));
    let mut scratch = Scratch::default();
    for (language, late, early) in [
        ("en", "You will hear back from us within 24 hours.", "You will hear back from us within 2 hours."),
        ("nb", "Vi svarer deg innen 24 timer.", "Vi svarer deg innen 2 timer."),
        (
            "de",
            "Wir melden uns innerhalb von 24 Stunden bei Ihnen.",
            "Wir melden uns innerhalb von 2 Stunden bei Ihnen.",
        ),
        ("da", "Vi svarer dig inden for 24 timer.", "Vi svarer dig inden for 2 timer."),
        ("pl", "Odpowiemy w ciągu 24 godzin.", "Odpowiemy w ciągu 2 godzin."),
    ] {
        let case = case("facebook", language, &["customer: ?"]);
        let mut found = |reply: &str| {
            let conversation = policy().open_at(&case, now, &timing, &mut scratch).unwrap();
            let report = conversation.validate(reply, &mut scratch).unwrap();
            report.of("promise.beyond-clock").map(|finding| finding.message.clone()).collect::<Vec<_>>()
        };
        let messages = found(late);
        assert_eq!(messages.len(), 1, "{late}");
        assert!(messages[0].contains("4 h left"), "{messages:?}");
        assert!(found(early).is_empty(), "{early}");
    }
}
