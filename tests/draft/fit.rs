//! What is done where a reply is longer than its channel allows.

use svar::draft::{DroppedWhat, SlotValues};
use svar::policy::DraftError;

use super::{acts, asked, builtin, draft, is_sound, over_care};

#[test]
fn what_does_not_fit_is_left_out_in_order_and_no_sentence_is_cut() {
    let long = acts(["apology", "reassurance"]).optional(["empathy", "thanks", "ownership"]);
    let with_limit = |max: usize| {
        let limits = format!("[channels.facebook]\nlimits = [{{ unit = 'code-points', max = {max} }}]\n");
        over_care(&limits)
    };
    let case = asked("facebook", "en", "complaint");
    let whole = draft(&with_limit(2000), &case, &SlotValues::new(), &long);
    assert_eq!(whole.acts.len(), 7, "{:?}", whole.acts);
    let mut last = whole.acts.len();
    for max in (30..240).rev().step_by(3) {
        let policy = with_limit(max);
        match policy.draft(&case, &SlotValues::new(), &long) {
            Ok(draft) => {
                is_sound(&policy, &case, &draft);
                assert!(draft.acts.len() <= last, "{max}: {}", draft.text);
                last = draft.acts.len();
                assert!(draft.acts.iter().any(|act| *act == "apology"));
                assert!(draft.acts.iter().any(|act| *act == "reassurance"));
                let gone = draft.dropped.iter().filter(|dropped| dropped.what == DroppedWhat::Act);
                let gone: Vec<&str> =
                    gone.filter_map(|dropped| Some(dropped.act.as_ref()?.as_str())).collect();
                let order = ["ownership", "thanks", "empathy", "signature", "greeting"];
                assert_eq!(gone, order[..gone.len()], "{max}");
            }
            Err(DraftError::TooLong(error)) => {
                assert!(error.length() > max && error.max() == max && error.unit() == "code-points");
                assert!(max < 60, "two short sentences fit into {max}");
                return;
            }
            Err(error) => panic!("{max}: {error}"),
        }
    }
    panic!("two sentences do not fit into thirty characters");
}

#[test]
fn what_is_found_in_a_split_answer_stands_where_it_says() {
    let policy = over_care(
        "[rules.\"acme.no-weekends\"]\nforbid = { phrases = ['Saturdays'] }\nseverity = 'advice'\nmessage = '{text}'\nwhy = 'x'\n",
    );
    let answer = "We are open from nine to five on weekdays, and from ten to three on Saturdays. ".repeat(5);
    let slots = SlotValues::new().with("answer", answer.trim());
    let case = asked("x", "en", "question");
    let split = draft(&policy, &case, &slots, &acts(["information"]));
    is_sound(&policy, &case, &split);
    assert_eq!(split.report.of("acme.no-weekends").count(), 5, "{:#?}", split.report);
}

#[test]
fn a_long_answer_is_split_between_sentences_where_the_channel_allows_it() {
    let answer = "We are open from nine to five on weekdays, and from ten to three on Saturdays. ".repeat(5);
    let slots = SlotValues::new().with("answer", answer.trim());
    let case = asked("x", "en", "question");
    let split = draft(builtin(), &case, &slots, &acts(["information"]));
    is_sound(builtin(), &case, &split);
    assert_eq!(split.parts.len(), 2, "{:#?}", split.parts);
    let whole: String =
        split.parts.iter().map(|part| part.split(" (").next().unwrap()).collect::<Vec<_>>().join(" ");
    assert!(whole.contains(answer.trim()), "{whole}");
    let case = asked("tiktok", "en", "question");
    let error = builtin().draft(&case, &slots, &acts(["information"])).unwrap_err();
    assert!(matches!(error, DraftError::TooLong(_)), "{error:?}");
}
