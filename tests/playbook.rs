//! What is due next, in conversations of several languages.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use svar::{Case, Message, Policy};

#[test]
fn a_complaint_begins_with_an_apology() {
    let mut case = Case::new("facebook");
    case.messages.push(Message::customer("Hei, dette er tredje gang nettet er nede!!"));
    let next = Policy::builtin().next(&case, None).unwrap();
    assert_eq!(next.playbook.as_ref().unwrap(), &"complaint");
    assert_eq!(next.step_id(), Some("acknowledge"));
    assert!(next.asks("apology") && next.asks("private-invitation"));
    assert!(next.forbids("compensation-offer"));
}
