//! Lists used as stacks: sorting what lies on top.

/// Sorts the list from `from` on and takes out what stands there twice.
pub(crate) fn sort_tail<T: Copy + Ord>(list: &mut Vec<T>, from: usize) {
    let Some(tail) = list.get_mut(from..) else { return };
    if tail.is_sorted_by(|one, next| one < next) {
        return;
    }
    tail.sort_unstable();
    let mut kept = 0usize;
    for at in 0..tail.len() {
        let Some(&item) = tail.get(at) else { break };
        if kept.checked_sub(1).and_then(|last| tail.get(last)) != Some(&item) {
            if let Some(slot) = tail.get_mut(kept) {
                *slot = item;
            }
            kept += 1;
        }
    }
    list.truncate(from + kept);
}

#[cfg(test)]
mod tests {
    use super::sort_tail;

    #[test]
    fn only_the_tail_is_sorted() {
        let mut list = vec![9, 9, 3, 1, 3, 2, 1];
        sort_tail(&mut list, 2);
        assert_eq!(list, [9, 9, 1, 2, 3]);
        sort_tail(&mut list, 5);
        assert_eq!(list, [9, 9, 1, 2, 3]);
    }
}
