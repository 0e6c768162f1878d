//! Judging a reply without JSON.

use std::mem::{offset_of, size_of};

use super::ask::svar_scratch;
use super::boundary::{Out, call, free};
use super::case::{svar_case, svar_instant};
use super::error::out_of_range;
use super::failure::{Failure, aligned, need, svar_error};
use super::given::read_case;
use super::plain::{self, Plain, Written};
use super::policy::svar_policy;
use super::status::{svar_severity, svar_status, svar_verdict};
use super::str::svar_str;
use super::text::svar_text;
use crate::request::json_with_id;
use crate::rule::{Finding, Masked, Report};
use crate::source::{Diagnostics, Severity};

/// What was found in one reply. Does not change; any number of threads may read it. It holds all it needs: the policy
/// and the reply may be freed before it.
pub struct svar_report {
    report: Report,
    /// What the host calls the case.
    id: Option<String>,
}

/// A report in short. Texts are borrowed from the report.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct svar_summary {
    /// `sizeof(svar_summary)`, set by the caller.
    pub size: usize,
    /// How many findings there are.
    pub findings: usize,
    /// How many of them are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// How many are advice.
    pub advice: usize,
    /// The name of the policy that judged.
    pub policy_name: svar_str,
    /// Its version; empty where it gives none.
    pub policy_version: svar_str,
    /// May it be published? A `svar_verdict`.
    pub verdict: u32,
    /// Zero.
    pub reserved: u32,
}

/// One rule not kept. Texts are borrowed from the report; places are bytes of the reply.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct svar_finding {
    /// `sizeof(svar_finding)`, set by the caller.
    pub size: usize,
    /// The name of the rule, such as `complaint.apology-first`.
    pub rule: svar_str,
    /// What is wrong, in one line.
    pub message: svar_str,
    /// Why the rule exists.
    pub why: svar_str,
    /// The text at the place.
    pub evidence: svar_str,
    /// The first byte of the place. Where something is missing, the place is empty and where it belongs.
    pub start: usize,
    /// The byte after its last one.
    pub end: usize,
    /// What would pass: the text that replaces the bytes from `fix_start` to `fix_end`. NULL where there is no fix;
    /// empty where they are taken out.
    pub fix: svar_str,
    /// The first byte that is replaced.
    pub fix_start: usize,
    /// The byte after the last one.
    pub fix_end: usize,
    /// How bad it is: a `svar_severity`.
    pub severity: u32,
    /// 1 where it rests on a guess and is one step milder than the rule says: svar heard the intent itself. Else 0.
    pub guessed: u32,
}

// SAFETY: numbers and pointers.
unsafe impl Plain for svar_summary {
    const NAME: &'static str = "svar_summary";
    const LEAST: usize = size_of::<Self>();
}

// SAFETY: what is smaller than a pointer stands last, two by two.
unsafe impl Written for svar_summary {
    const END: usize = offset_of!(Self, reserved) + size_of::<u32>();
}

// SAFETY: numbers and pointers.
unsafe impl Plain for svar_finding {
    const NAME: &'static str = "svar_finding";
    const LEAST: usize = size_of::<Self>();
}

// SAFETY: what is smaller than a pointer stands last, two by two.
unsafe impl Written for svar_finding {
    const END: usize = offset_of!(Self, guessed) + size_of::<u32>();
}

impl From<&Report> for svar_summary {
    fn from(report: &Report) -> Self {
        let count = |severity| report.findings.iter().filter(|finding| finding.severity == severity).count();
        svar_summary {
            size: size_of::<Self>(),
            findings: report.findings.len(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            advice: count(Severity::Advice),
            policy_name: (&*report.policy.name).into(),
            policy_version: (&*report.policy.version).into(),
            verdict: svar_verdict::from(report.verdict) as u32,
            reserved: 0,
        }
    }
}

impl From<&Finding> for svar_finding {
    fn from(finding: &Finding) -> Self {
        let fix = finding.fix.as_ref();
        svar_finding {
            size: size_of::<Self>(),
            rule: finding.rule.as_str().into(),
            message: finding.message.as_str().into(),
            why: (&*finding.why).into(),
            evidence: finding.evidence.as_str().into(),
            start: finding.span.start,
            end: finding.span.end,
            fix: fix.map(|fix| fix.text.as_str()).into(),
            fix_start: fix.map_or(0, |fix| fix.span.start),
            fix_end: fix.map_or(0, |fix| fix.span.end),
            severity: svar_severity::from(finding.severity) as u32,
            guessed: finding.guessed.into(),
        }
    }
}

/// May this reply be published? `now` may be none (all zero): then nothing is said of messaging windows, opening hours
/// and deadlines. Any number of threads may ask one policy at once, each with a scratch of its own. The report is the
/// caller's, for `svar_report_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn svar_validate(
    policy: Option<&svar_policy>,
    scratch: *mut svar_scratch,
    case: *const svar_case,
    reply: svar_str,
    now: svar_instant,
    report: *mut *mut svar_report,
    error: *mut *mut svar_error,
) -> svar_status {
    // SAFETY: the caller keeps the promises of the module, here and in all of this call.
    unsafe {
        call(error, || {
            let report = Out::new("report", report)?;
            let policy = &need("policy", policy)?.policy;
            let scratch = svar_scratch::get(scratch)?;
            let case = read_case(case)?;
            let (reply, now) = (reply.read("reply")?, now.read("now")?);
            let judged = policy.validate_with(&case, reply, now, &mut *scratch.lock("scratch")?);
            let judged = judged.map_err(|why| {
                let why = Diagnostics::from(why).about(case.id.as_deref());
                Failure::new(svar_status::Request, why)
            })?;
            report.give(svar_report { report: judged, id: case.id });
            Ok(())
        })
    }
}

/// The report in short. Set `out->size` before. The texts in it are borrowed from `report`: they live until
/// `svar_report_free`. Any number of threads may ask at once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn svar_report_summary(
    report: Option<&svar_report>,
    out: *mut svar_summary,
    error: *mut *mut svar_error,
) -> svar_status {
    // SAFETY: the caller keeps the promises of the module, here and in all of this call.
    unsafe { call(error, || plain::write("out", out, (&need("report", report)?.report).into())) }
}

/// The finding at `index`, from 0, in the order of the reply. Set `out->size` before. The texts in it are borrowed from
/// `report`: they live until `svar_report_free`. Any number of threads may ask at once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn svar_report_finding(
    report: Option<&svar_report>,
    index: usize,
    out: *mut svar_finding,
    error: *mut *mut svar_error,
) -> svar_status {
    // SAFETY: the caller keeps the promises of the module, here and in all of this call.
    unsafe {
        call(error, || {
            let findings = &need("report", report)?.report.findings;
            aligned("out", out)?;
            let finding = findings.get(index).ok_or_else(|| out_of_range(index, findings.len()))?;
            plain::write("out", out, finding.into())
        })
    }
}

/// The report as JSON, the bytes that `svar_ask` answers `validate` with. Any number of threads may ask at once. The
/// answer is the caller's, for `svar_text_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn svar_report_json(
    report: Option<&svar_report>,
    answer: *mut *mut svar_text,
    error: *mut *mut svar_error,
) -> svar_status {
    // SAFETY: the caller keeps the promises of the module, here and in all of this call.
    unsafe {
        call(error, || {
            let answer = Out::new("answer", answer)?;
            let svar_report { report, id } = need("report", report)?;
            answer.give(svar_text(json_with_id(id.as_deref(), report)));
            Ok(())
        })
    }
}

/// The same report with nothing in it that could identify somebody, so that it can be logged. Any number of threads may
/// ask at once. The new report is the caller's, for `svar_report_free`; the old one stays as it is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn svar_report_masked(
    report: Option<&svar_report>,
    masked: *mut *mut svar_report,
    error: *mut *mut svar_error,
) -> svar_status {
    // SAFETY: the caller keeps the promises of the module, here and in all of this call.
    unsafe {
        call(error, || {
            let masked = Out::new("masked", masked)?;
            let svar_report { report, id } = need("report", report)?;
            let id = id.as_ref().map(|id| Masked::of(id).text().to_owned());
            masked.give(svar_report { report: report.masked(), id });
            Ok(())
        })
    }
}

/// Frees a report, and with it what was borrowed from it. Takes NULL. No other call may be using it.
#[unsafe(no_mangle)]
pub extern "C" fn svar_report_free(report: Option<Box<svar_report>>) {
    free(report);
}
