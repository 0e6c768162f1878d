//! "Did you mean …?"

use super::quoted;

/// Longer words are not compared, which bounds what one comparison costs.
const LONGEST: usize = 64;
/// Nor are more candidates than these, the first ones: so a document of many names and many mistakes stays cheap.
const SEARCHED: usize = 500;

/// The candidate that `word` is most likely a slip of, if one is near enough.
///
/// Near is at most a third of the word's length in edits, and one edit where the word is short. An edit inserts,
/// drops or replaces a letter, or swaps two neighbours (the optimal string alignment distance). Case does not count.
/// Of equally near candidates the first is given. Only the first 500 candidates are looked at.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    nearest_of_all(word, candidates.into_iter().take(SEARCHED))
}

/// The same among all candidates, however many: for a question that somebody asks, and not for each mistake of a
/// document.
pub(crate) fn nearest_of_all<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let word = letters(word)?;
    let limit = match word.len() {
        0 | 1 => 0,
        length => (length / 3).max(1),
    };
    let mut best = None;
    let mut bound = limit + 1;
    for candidate in candidates {
        let Some(letters) = letters(candidate) else { continue };
        if let Some(distance) = distance(&word, &letters, bound) {
            bound = distance;
            best = Some(candidate);
        }
    }
    best
}

/// The help that names the candidate which was probably meant.
pub(super) fn did_you_mean<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<String> {
    nearest(word, candidates).map(|near| format!("did you mean {}?", quoted(near)))
}

/// So many words are still pleasant to read.
pub(super) const LISTED: usize = 12;

/// The words that can stand somewhere, or the first of them; nothing, where there is none.
pub(super) fn listed<'w>(words: impl Iterator<Item = &'w str> + Clone) -> Option<String> {
    let first: Vec<String> = words.clone().take(LISTED).map(quoted).collect();
    let more = if words.count() > LISTED { ", …" } else { "" };
    (!first.is_empty()).then(|| format!("it can be {}{more}", first.join(", ")))
}

fn letters(word: &str) -> Option<Vec<char>> {
    // A letter has at most four bytes, so a longer word need not be read.
    if word.len() > 4 * LONGEST {
        return None;
    }
    let letters: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    (letters.len() <= LONGEST).then_some(letters)
}

/// The number of edits between two words, if it is less than `bound`.
fn distance(a: &[char], b: &[char], bound: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) >= bound {
        return None;
    }
    // Three rows of the usual table: the one being filled and the two above it, which a swap looks back to.
    let mut above2: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    let mut before_a = None;
    for (i, &letter_a) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        let mut left = i + 1;
        row.push(left);
        let mut least = left;
        let mut before_b = None;
        for (j, &letter_b) in b.iter().enumerate() {
            let diagonal = above.get(j).copied()?;
            let up = above.get(j + 1).copied()?;
            let mut cost = (diagonal + usize::from(letter_a != letter_b)).min(up + 1).min(left + 1);
            if before_a == Some(letter_b) && before_b == Some(letter_a) {
                if let Some(swapped) = j.checked_sub(1).and_then(|j| above2.get(j)) {
                    cost = cost.min(swapped + 1);
                }
            }
            row.push(cost);
            least = least.min(cost);
            left = cost;
            before_b = Some(letter_b);
        }
        // A swap reaches back two rows, so one hopeless row is not yet the end; two edits cannot be won back by it.
        if least > bound {
            return None;
        }
        above2 = std::mem::replace(&mut above, row);
        before_a = Some(letter_a);
    }
    above.last().copied().filter(|distance| *distance < bound)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn slips_find_their_word() {
        let keys = ["register", "emoji", "address", "hear", "say", "not"];
        for (word, found) in [
            ("registr", Some("register")),
            ("regsiter", Some("register")),
            ("Emoji", Some("emoji")),
            ("haer", Some("hear")),
            ("nto", Some("not")),
            ("adress", Some("address")),
            ("hello", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, keys), found, "{word}");
        }
        assert_eq!(nearest(&"register".repeat(40), keys), None);
    }

    #[test]
    fn a_bounded_number_of_candidates_is_looked_at() {
        let mut asked = 0;
        let candidates = std::iter::repeat("hello").inspect(|_| asked += 1);
        assert_eq!(nearest("help", candidates.take(2_000)), None);
        assert_eq!(asked, SEARCHED);
    }

    #[test]
    fn a_swap_is_one_edit() {
        let count = |a: &str, b: &str| distance(&letters(a).unwrap(), &letters(b).unwrap(), 99);
        assert_eq!(count("ab", "ba"), Some(1));
        assert_eq!(count("kitten", "sitting"), Some(3));
        assert_eq!(count("", "abc"), Some(3));
        assert_eq!(count("ca", "abc"), Some(3));
    }

    proptest! {
        #[test]
        fn a_bound_changes_nothing_below_it(a in "[abc]{0,8}", b in "[abc]{0,8}", bound in 0usize..9) {
            let (a, b) = (letters(&a).unwrap(), letters(&b).unwrap());
            let free = distance(&a, &b, 99).unwrap();
            prop_assert_eq!(distance(&a, &b, bound), Some(free).filter(|free| *free < bound));
            prop_assert_eq!(distance(&b, &a, 99), Some(free));
        }
    }
}
