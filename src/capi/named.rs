//! Numbers that come in. They are plain `uint32_t`, because C may write any number there, and are compared with those
//! that have a name.

use super::failure::Failure;
use super::status::{svar_author, svar_fault, svar_level, svar_loss_kind, svar_status, svar_visibility};
use crate::case::{Author, Fault, Level, LossKind, Visibility};
use crate::source::Diagnostic;

/// What a number of the caller stands for; `field` is what an error calls it.
pub(super) fn named<T: Copy>(field: &'static str, number: u32, known: &[(u32, T)]) -> Result<T, Failure> {
    known.iter().find(|(value, _)| *value == number).map(|(_, meaning)| *meaning).ok_or_else(|| {
        let known: Vec<String> = known.iter().map(|(value, _)| value.to_string()).collect();
        let message = format!("`{field}` is {number}");
        let help = format!("write one of the numbers the header names: {}", known.join(", "));
        Failure::new(svar_status::BadArgument, Diagnostic::error("out-of-range", message).with_help(help))
    })
}

pub(super) const VISIBILITIES: [(u32, Option<Visibility>); 3] = [
    (svar_visibility::Default as u32, None),
    (svar_visibility::Public as u32, Some(Visibility::Public)),
    (svar_visibility::Private as u32, Some(Visibility::Private)),
];

pub(super) const AUTHORS: [(u32, Author); 3] = [
    (svar_author::Customer as u32, Author::Customer),
    (svar_author::Agent as u32, Author::Agent),
    (svar_author::Bot as u32, Author::Bot),
];

pub(super) const FAULTS: [(u32, Fault); 3] = [
    (svar_fault::Unknown as u32, Fault::Unknown),
    (svar_fault::Ours as u32, Fault::Ours),
    (svar_fault::Theirs as u32, Fault::Theirs),
];

pub(super) const LEVELS: [(u32, Level); 4] = [
    (svar_level::Normal as u32, Level::Normal),
    (svar_level::Low as u32, Level::Low),
    (svar_level::High as u32, Level::High),
    (svar_level::Critical as u32, Level::Critical),
];

pub(super) const LOSS_KINDS: [(u32, Option<LossKind>); 6] = [
    (svar_loss_kind::Unsaid as u32, None),
    (svar_loss_kind::Money as u32, Some(LossKind::Money)),
    (svar_loss_kind::Goods as u32, Some(LossKind::Goods)),
    (svar_loss_kind::Service as u32, Some(LossKind::Service)),
    (svar_loss_kind::Time as u32, Some(LossKind::Time)),
    (svar_loss_kind::Trouble as u32, Some(LossKind::Trouble)),
];
