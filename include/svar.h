/* svar: may we say this, and what should we say?
 *
 * Ownership: a function that writes a handle through a pointer to a pointer gives it to the caller, who gives it back
 * to the `_free` of its type, once. Every `_free` takes NULL. Handles can be freed in any order. An out parameter is
 * written, never read: to a handle if the call succeeds, to NULL if it fails. Structs that are written into are left
 * alone by a call that fails.
 *
 * Texts: pointer and length, UTF-8, not terminated by NUL. What is passed in is read during the call only. What comes
 * out is borrowed from the handle it was asked from, and lives as long as that handle.
 *
 * Threads: nothing is global and nothing belongs to a thread. Policies, reports, texts and errors do not change and may
 * be used by any number of threads at once; a scratch and a builder by one at a time.
 *
 * Errors: every call that can fail returns a svar_status and takes a pointer for a svar_error as its last argument,
 * which may be NULL. The error is the caller's to free. No error spoils a handle. A panic is caught in the call in
 * which it happens.
 *
 * Structs that begin with `size` may grow at the end: set it to the sizeof of the struct, and all else to zero first.
 * Of a smaller struct, of an older header, the fields it lacks are zero; a larger one, of a newer header, is taken as
 * long as what this version does not know is zero.
 *
 * In short, with what a program does when a call fails left out:
 *
 *   svar_policy *policy;                                  // once, for all threads
 *   svar_scratch *scratch;                                // one for each thread
 *   svar_policy_builtin(&policy, NULL);
 *   svar_scratch_new(&scratch, NULL);
 *
 *   svar_message message = {.text = SVAR_STR("Third time this week!!")};
 *   svar_case conversation = {.size = sizeof conversation, .channel = SVAR_STR("facebook"), .language = SVAR_STR("en"),
 *                             .messages = &message, .message_count = 1, .message_size = sizeof message};
 *   svar_report *report;
 *   svar_error *error;
 *   svar_str reply = SVAR_STR("Calm down. You should have read the terms.");
 *   if (svar_validate(policy, scratch, &conversation, reply, (svar_instant){0}, &report, &error)) {
 *     svar_diagnostic why = {.size = sizeof why};
 *     svar_error_diagnostic(error, 0, &why);
 *     fprintf(stderr, "%.*s\n", (int)why.message.len, why.message.data);
 *     svar_error_free(error);
 *   } else {
 *     svar_summary summary = {.size = sizeof summary};
 *     svar_report_summary(report, &summary, NULL);        // .verdict is SVAR_VERDICT_FAIL
 *     for (size_t at = 0; at < summary.findings; at++) {
 *       svar_finding finding = {.size = sizeof finding};
 *       svar_report_finding(report, at, &finding, NULL);
 *       printf("%.*s\n", (int)finding.message.len, finding.message.data);
 *     }
 *     svar_report_free(report);
 *   }
 *   svar_scratch_free(scratch);
 *   svar_policy_free(policy);
 *
 * Everything else is asked with svar_ask, in JSON: what to say (`draft`), what to do next (`next`), by when (`clock`).
 *
 * The documentation of the Rust module `capi` says more. This file is generated: do not edit it.
 */

#ifndef SVAR_H
#define SVAR_H

#include <stddef.h>
#include <stdint.h>

/* The version of the library this header belongs to. */
#define SVAR_VERSION_MAJOR 0
#define SVAR_VERSION_MINOR 1
#define SVAR_VERSION_PATCH 0
#define SVAR_VERSION "0.1.0"

/* A string literal as a svar_str. */
#ifdef __cplusplus
#define SVAR_STR(literal) (svar_str{("" literal), sizeof(literal) - 1})
#else
#define SVAR_STR(literal) ((svar_str){("" literal), sizeof(literal) - 1})
#endif

// The version of this interface. A program that was compiled with another one must be compiled anew.
#define SVAR_ABI_VERSION 1

// Media have taken the case up. For `svar_case.flags`.
#define SVAR_FACT_MEDIA 1

// The customer agreed to be named. For `svar_case.flags`.
#define SVAR_FACT_CONSENT 2

// The trouble has been fixed. For `svar_case.flags`.
#define SVAR_FACT_FIXED 4

// It is known who writes, and about which order, contract or visit. For `svar_case.flags`.
#define SVAR_FACT_IDENTIFIED 8

// It is known what happened. For `svar_case.flags`.
#define SVAR_FACT_INVESTIGATED 16

// Compensation was offered, whatever the messages say. For `svar_case.flags`.
#define SVAR_FACT_OFFERED 32

// The time in which something can be returned or exchanged is over. For `svar_case.flags`.
#define SVAR_FACT_DEADLINE_PASSED 64

// The public has been told what was mended. For `svar_case.flags`.
#define SVAR_FACT_TOLD 128

// `reach` is known. For `svar_case.given`.
#define SVAR_GIVEN_REACH 1

// `population` is known. For `svar_case.given`.
#define SVAR_GIVEN_POPULATION 2

// `usual_reactions` is known. For `svar_case.given`.
#define SVAR_GIVEN_USUAL_REACTIONS 4

// `usual_comments` is known. For `svar_case.given`.
#define SVAR_GIVEN_USUAL_COMMENTS 8

// `complexity` is known. For `svar_case.given`.
#define SVAR_GIVEN_COMPLEXITY 16

// `agent_level` is known. For `svar_case.given`.
#define SVAR_GIVEN_AGENT_LEVEL 32

// `training` is known, even if it is empty: somebody who was not trained at all. For `svar_case.given`.
#define SVAR_GIVEN_TRAINING 64

// What became of a call. The numbers never change; later versions may add some.
enum svar_status
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // It did what it was asked.
  SVAR_STATUS_OK = 0,
  // An argument is NULL that must not be, or is not aligned as its type asks.
  SVAR_STATUS_NULL_ARGUMENT = 1,
  // A text is not UTF-8.
  SVAR_STATUS_NOT_UTF8 = 2,
  // An argument has a value that it cannot have: the size of a struct, a number, an index, a verb.
  SVAR_STATUS_BAD_ARGUMENT = 3,
  // The documents of a policy have mistakes; the error lists them all.
  SVAR_STATUS_POLICY = 4,
  // A request cannot be read, or its case does not fit the policy; the error lists all mistakes.
  SVAR_STATUS_REQUEST = 5,
  // Another thread is using this scratch or builder.
  SVAR_STATUS_BUSY = 6,
  // svar panicked in this call, and in this call only. Please report it.
  SVAR_STATUS_PANIC = 7,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum svar_status svar_status;
#else
typedef uint32_t svar_status;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// How much a finding or a diagnostic weighs.
enum svar_severity
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // Could be better.
  SVAR_SEVERITY_ADVICE = 1,
  // Should be looked at.
  SVAR_SEVERITY_WARNING = 2,
  // Cannot stay.
  SVAR_SEVERITY_ERROR = 3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum svar_severity svar_severity;
#else
typedef uint32_t svar_severity;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// Whether a reply may be published.
enum svar_verdict
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // No error was found; there may be warnings and advice.
  SVAR_VERDICT_PASS = 0,
  // At least one error was found.
  SVAR_VERDICT_FAIL = 1,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum svar_verdict svar_verdict;
#else
typedef uint32_t svar_verdict;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// Who can read a text.
enum svar_visibility
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // What is usual: a reply's is the channel's, a message's the case's.
  SVAR_VISIBILITY_DEFAULT = 0,
  // Everybody.
  SVAR_VISIBILITY_PUBLIC = 1,
  // The customer only.
  SVAR_VISIBILITY_PRIVATE = 2,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum svar_visibility svar_visibility;
#else
typedef uint32_t svar_visibility;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// Who wrote a message.
enum svar_author
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // The customer.
  SVAR_AUTHOR_CUSTOMER = 0,
  // Somebody of the company.
  SVAR_AUTHOR_AGENT = 1,
  // A machine of the company.
  SVAR_AUTHOR_BOT = 2,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum svar_author svar_author;
#else
typedef uint32_t svar_author;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// Whose fault it is.
enum svar_fault
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // Not known yet.
  SVAR_FAULT_UNKNOWN = 0,
  // The company's.
  SVAR_FAULT_OURS = 1,
  // Somebody else's, the customer's own included.
  SVAR_FAULT_THEIRS = 2,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum svar_fault svar_fault;
#else
typedef uint32_t svar_fault;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// How urgent or how serious a case is. The numbers are names and say nothing of the order.
enum svar_level
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // As most.
  SVAR_LEVEL_NORMAL = 0,
  // Can wait.
  SVAR_LEVEL_LOW = 1,
  // Before the others.
  SVAR_LEVEL_HIGH = 2,
  // A crisis.
  SVAR_LEVEL_CRITICAL = 3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum svar_level svar_level;
#else
typedef uint32_t svar_level;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// What a customer lost.
enum svar_loss_kind
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // Nobody said.
  SVAR_LOSS_KIND_UNSAID = 0,
  // Money.
  SVAR_LOSS_KIND_MONEY = 1,
  // Goods that do not do what they should, or never came.
  SVAR_LOSS_KIND_GOODS = 2,
  // A service that was not rendered, or not as it should have been.
  SVAR_LOSS_KIND_SERVICE = 3,
  // Time.
  SVAR_LOSS_KIND_TIME = 4,
  // Nothing but trouble.
  SVAR_LOSS_KIND_TROUBLE = 5,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum svar_loss_kind svar_loss_kind;
#else
typedef uint32_t svar_loss_kind;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// Why a call failed: at least one diagnostic. Does not change; any number of threads may read it.
typedef struct svar_error svar_error;

// A compiled policy. Does not change; any number of threads may use it at once. One serves a whole program.
typedef struct svar_policy svar_policy;

// Collects the documents of a policy. For one thread at a time.
typedef struct svar_policy_builder svar_policy_builder;

// What was found in one reply. Does not change; any number of threads may read it. It holds all it needs: the policy
// and the reply may be freed before it.
typedef struct svar_report svar_report;

// Memory to work in: one for each thread, for any number of calls and policies.
typedef struct svar_scratch svar_scratch;

// A text that svar wrote: the answer to a request. Does not change; any number of threads may read it.
typedef struct svar_text svar_text;

// A text: UTF-8, not terminated by NUL, and NUL may stand in it.
//
// As an argument it is read during the call only. As a result it is borrowed from the handle it was asked from, and
// lives as long as that handle. Where a text may be left out, `data` is NULL and `len` 0.
typedef struct svar_str {
  // The first byte. NULL is no text, not an empty one.
  const char *data;
  // How many bytes.
  size_t len;
} svar_str;

// One diagnostic. Texts are borrowed from the error; what is not known is NULL or 0.
typedef struct svar_diagnostic {
  // `sizeof(svar_diagnostic)`, set by the caller.
  size_t size;
  // The stable name of what is said, such as `unknown-key`.
  struct svar_str code;
  // What is said: one line, lower case.
  struct svar_str message;
  // What to do about it.
  struct svar_str help;
  // The name of the text it is about: a layer, a pack, `request`.
  struct svar_str source;
  // The line in that text, from 1.
  size_t line;
  // The column in that line, from 1, in code points.
  size_t column;
  // The first byte of the place in that text.
  size_t start;
  // The byte after its last one.
  size_t end;
  // How much it weighs; a `svar_severity`.
  uint32_t severity;
  // Zero.
  uint32_t reserved;
} svar_diagnostic;

// An instant. All zero is none.
typedef struct svar_instant {
  // Seconds since 1970-01-01T00:00:00Z.
  int64_t unix_seconds;
  // The offset of local time from UTC in seconds, east positive.
  int32_t offset_seconds;
  // 1 for an instant, 0 for none.
  uint32_t given;
} svar_instant;

// One message of a conversation.
typedef struct svar_message {
  // What was written. Needed.
  struct svar_str text;
  // When; none where it is not known.
  struct svar_instant at;
  // Who wrote it: a `svar_author`.
  uint32_t from;
  // For whom: a `svar_visibility`; 0 is the case's.
  uint32_t visibility;
} svar_message;

// Something that happened to a case beside its messages.
typedef struct svar_event {
  // What: `pause`, `resume`, `resolve`, `reopen`, `priority`, `severity`, `intent`, `tag`, `untag`,
  // `identified`, `investigated`, `compensated`, `fixed`, `told`, `advert-click`, or a kind of the host's own.
  // Needed.
  struct svar_str kind;
  // What it says: the new level (`low`, `normal`, `high`, `critical`), the new intent, the label. Needed for those
  // kinds.
  struct svar_str value;
  // When. Needed.
  struct svar_instant at;
} svar_event;

// An amount of money. All zero is none.
typedef struct svar_money {
  // How much, in the currency's smallest units: 24950 is 249.50 NOK, and 24950 JPY. Not less than zero.
  int64_t minor_units;
  // The currency's code in ISO 4217, such as `NOK`. NULL is no amount.
  struct svar_str currency;
} svar_money;

// What was counted at an instant: everything up to then, not the growth since the one before.
typedef struct svar_sample {
  // When. Needed.
  struct svar_instant at;
  // Reactions up to then.
  uint64_t reactions;
  // Comments up to then.
  uint64_t comments;
} svar_sample;

// A conversation and what is known of it: all that a case in JSON can say. All zero but `size` and `channel` is a case
// of which nothing is known. Everything is read during the call only.
typedef struct svar_case {
  // `sizeof(svar_case)`.
  size_t size;
  // The channel's id, such as `facebook`. Needed.
  struct svar_str channel;
  // The language to answer in; the customer's where it is left out.
  struct svar_str language;
  // The messages so far, oldest first. NULL where there are none.
  const struct svar_message *messages;
  // How many messages.
  size_t message_count;
  // `sizeof(svar_message)`; not looked at where there are none.
  size_t message_size;
  // What the customer wants, if the host knows; it wins over what svar hears. May be left out.
  struct svar_str intent;
  // Labels of the host's own. NULL where there are none.
  const struct svar_str *tags;
  // How many labels.
  size_t tag_count;
  // The name the customer goes by. May be left out.
  struct svar_str customer_name;
  // The name the reply is signed with. May be left out.
  struct svar_str agent_name;
  // What whoever writes the reply may do: `agent`, `manager`, `bot`, or a role of the policy's own. May be left out.
  struct svar_str agent_role;
  // Reactions to the customer's message.
  uint64_t reactions;
  // Comments on it.
  uint64_t comments;
  // For whom the reply is meant: a `svar_visibility`; 0 is what is usual on the channel.
  uint32_t visibility;
  // Whose fault it is: a `svar_fault`.
  uint32_t fault;
  // How urgent it is: a `svar_level`.
  uint32_t priority;
  // How serious it is: a `svar_level`.
  uint32_t severity;
  // What else is so: `SVAR_FACT_…` added up.
  uint32_t flags;
  // Zero.
  uint32_t reserved;
  // What the host calls the case. May be left out.
  struct svar_str id;
  // What happened besides, in any order. NULL where nothing did.
  const struct svar_event *events;
  // How many events.
  size_t event_count;
  // `sizeof(svar_event)`; not looked at where there are none.
  size_t event_size;
  // What the customer lost, in money.
  struct svar_money loss;
  // What the reply offers, in money.
  struct svar_money offer;
  // The role that agreed to the offer. May be left out.
  struct svar_str approved_by;
  // What whoever writes the reply was trained for; counts with `SVAR_GIVEN_TRAINING`.
  const struct svar_str *training;
  // How many trainings.
  size_t training_count;
  // What was counted earlier. NULL where nothing was.
  const struct svar_sample *samples;
  // How many samples.
  size_t sample_count;
  // `sizeof(svar_sample)`; not looked at where there are none.
  size_t sample_size;
  // How often the customer's message was passed on.
  uint64_t shares;
  // How many people follow its author.
  uint64_t followers;
  // How many other cases are about the same trouble.
  uint64_t similar_cases;
  // How many people have seen it; counts with `SVAR_GIVEN_REACH`.
  uint64_t reach;
  // How many people can see it at all; counts with `SVAR_GIVEN_POPULATION`.
  uint64_t population;
  // How many reactions are usual on the channel, in thousandths an hour; counts with `SVAR_GIVEN_USUAL_REACTIONS`.
  uint64_t usual_reactions;
  // How many comments are usual, in thousandths an hour; counts with `SVAR_GIVEN_USUAL_COMMENTS`.
  uint64_t usual_comments;
  // What sort of loss it is: a `svar_loss_kind`. With 0 it is money, if `loss` is given.
  uint32_t loss_kind;
  // How hard the case is to solve: a `svar_level`; counts with `SVAR_GIVEN_COMPLEXITY`.
  uint32_t complexity;
  // How hard a case whoever writes the reply can solve: a `svar_level`; counts with `SVAR_GIVEN_AGENT_LEVEL`.
  uint32_t agent_level;
  // Which of the fields are known whose zero would say something: `SVAR_GIVEN_…` added up.
  uint32_t given;
} svar_case;

// A report in short. Texts are borrowed from the report.
typedef struct svar_summary {
  // `sizeof(svar_summary)`, set by the caller.
  size_t size;
  // How many findings there are.
  size_t findings;
  // How many of them are errors.
  size_t errors;
  // How many are warnings.
  size_t warnings;
  // How many are advice.
  size_t advice;
  // The name of the policy that judged.
  struct svar_str policy_name;
  // Its version; empty where it gives none.
  struct svar_str policy_version;
  // May it be published? A `svar_verdict`.
  uint32_t verdict;
  // Zero.
  uint32_t reserved;
} svar_summary;

// One rule not kept. Texts are borrowed from the report; places are bytes of the reply.
typedef struct svar_finding {
  // `sizeof(svar_finding)`, set by the caller.
  size_t size;
  // The name of the rule, such as `complaint.apology-first`.
  struct svar_str rule;
  // What is wrong, in one line.
  struct svar_str message;
  // Why the rule exists.
  struct svar_str why;
  // The text at the place.
  struct svar_str evidence;
  // The first byte of the place. Where something is missing, the place is empty and where it belongs.
  size_t start;
  // The byte after its last one.
  size_t end;
  // What would pass: the text that replaces the bytes from `fix_start` to `fix_end`. NULL where there is no fix;
  // empty where they are taken out.
  struct svar_str fix;
  // The first byte that is replaced.
  size_t fix_start;
  // The byte after the last one.
  size_t fix_end;
  // How bad it is: a `svar_severity`.
  uint32_t severity;
  // 1 where it rests on a guess and is one step milder than the rule says: svar heard the intent itself. Else 0.
  uint32_t guessed;
} svar_finding;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// The `SVAR_ABI_VERSION` the library was built with. Compare it with the header's before anything else. From any
// thread.
uint32_t svar_abi_version(void);

// The version of the library, such as `0.1.0`. It lives as long as the program and is not freed. From any thread.
struct svar_str svar_version(void);

// The text, borrowed from `text`: it lives until `svar_text_free`. Any number of threads may ask at once.
svar_status svar_text_get(const struct svar_text *text,
                          struct svar_str *out,
                          struct svar_error **error);

// Frees a text, and with it what was borrowed from it. Takes NULL. No other call may be using it.
void svar_text_free(struct svar_text *text);

// The status of the call that gave this error. `SVAR_STATUS_NULL_ARGUMENT` for NULL. This and the other questions to
// an error may be asked by any number of threads at once; they give no error of their own.
svar_status svar_error_status(const struct svar_error *error);

// How many diagnostics the error has: at least one, and for the documents of a policy every mistake that was found.
svar_status svar_error_count(const struct svar_error *error,
                             size_t *out);

// The diagnostic at `index`, from 0: the first is the one to show where only one is shown. Set `out->size` before. The
// texts in it are borrowed from `error`: they live until `svar_error_free`.
svar_status svar_error_diagnostic(const struct svar_error *error,
                                  size_t index,
                                  struct svar_diagnostic *out);

// All of it as one line of JSON, `{"error":…,"more":[…],"id"?}`, the bytes the command line prints for a bad line.
// Related places are there, too. Borrowed from `error`: it lives until `svar_error_free`.
svar_status svar_error_json(const struct svar_error *error,
                            struct svar_str *out);

// All of it for people, in several lines, with the lines of the source that it is about. Borrowed from `error`: it
// lives until `svar_error_free`.
svar_status svar_error_render(const struct svar_error *error,
                              struct svar_str *out);

// Frees an error, and with it what was borrowed from it. Takes NULL. No other call may be using it.
void svar_error_free(struct svar_error *error);

// Loads the policy that ships with svar. Takes some milliseconds: do it once. From any thread. The policy is the
// caller's, for `svar_policy_free`.
svar_status svar_policy_builtin(struct svar_policy **policy,
                                struct svar_error **error);

// Loads a policy from one TOML or JSON document, in which places are told as those of `policy`. What it extends must
// be built in; for more documents there is `svar_policy_builder`. The document is read during the call only. From any
// thread. The policy is the caller's, for `svar_policy_free`.
svar_status svar_policy_load(struct svar_str document,
                             struct svar_policy **policy,
                             struct svar_error **error);

// Another handle for the same policy, for somebody who frees it at another time. Costs next to nothing. Any number of
// threads may ask at once. The clone is the caller's, for `svar_policy_free`.
svar_status svar_policy_clone(const struct svar_policy *policy,
                              struct svar_policy **clone,
                              struct svar_error **error);

// The name of the policy, borrowed from `policy`: it lives until `svar_policy_free`. Any number of threads may ask at
// once.
svar_status svar_policy_name(const struct svar_policy *policy,
                             struct svar_str *out,
                             struct svar_error **error);

// The version of the policy, borrowed from `policy`: it lives until `svar_policy_free`. Empty where the policy gives
// none. Any number of threads may ask at once.
svar_status svar_policy_version(const struct svar_policy *policy,
                                struct svar_str *out,
                                struct svar_error **error);

// What is doubtful in the documents of the policy, though no error: a JSON list of diagnostics. Any number of threads
// may ask at once. The answer is the caller's, for `svar_text_free`.
svar_status svar_policy_warnings(const struct svar_policy *policy,
                                 struct svar_text **answer,
                                 struct svar_error **error);

// The whole policy as one JSON document: all layers and all that they extend, laid over one another. Loading it gives
// the same policy. Any number of threads may ask at once. The answer is the caller's, for `svar_text_free`.
svar_status svar_policy_print(const struct svar_policy *policy,
                              struct svar_text **answer,
                              struct svar_error **error);

// Frees a policy, and with it what was borrowed from it. Takes NULL. No other call may be using this handle. Reports,
// texts and other handles for the same policy live on.
void svar_policy_free(struct svar_policy *policy);

// Starts to put a policy together. From any thread. The builder is the caller's, for `svar_policy_builder_free`.
svar_status svar_policy_builder_new(struct svar_policy_builder **builder,
                                    struct svar_error **error);

// Adds a layer on top: it wins over all that were added before, and over what they extend. `name` is what diagnostics
// call it, usually the path of the file; `document` is TOML or JSON. Both are copied. Mistakes in it are reported by
// `svar_policy_builder_build`. One thread at a time.
svar_status svar_policy_builder_layer(struct svar_policy_builder *builder,
                                      struct svar_str name,
                                      struct svar_str document,
                                      struct svar_error **error);

// Makes a document available for `extends` by its name. A pack of the same name, also one that is built in, is
// replaced. Both texts are copied. One thread at a time.
svar_status svar_policy_builder_pack(struct svar_policy_builder *builder,
                                     struct svar_str name,
                                     struct svar_str document,
                                     struct svar_error **error);

// Reads, merges, checks and compiles everything. The error has every mistake of all documents. The builder stays as it
// is: correct it by another layer, or build once more. One thread at a time. The policy is the caller's, for
// `svar_policy_free`, and does not need the builder.
svar_status svar_policy_builder_build(struct svar_policy_builder *builder,
                                      struct svar_policy **policy,
                                      struct svar_error **error);

// Everything there is to say about the documents, examples that do not hold included: a JSON list of diagnostics, the
// bytes of `svar check --format json`. Mistakes are part of the answer, not an error of this call. One thread at a
// time. The answer is the caller's, for `svar_text_free`.
svar_status svar_policy_builder_check(struct svar_policy_builder *builder,
                                      struct svar_text **answer,
                                      struct svar_error **error);

// Frees a builder. Takes NULL. No other call may be using it. Policies that it built live on.
void svar_policy_builder_free(struct svar_policy_builder *builder);

// Makes a scratch. From any thread. It is the caller's, for `svar_scratch_free`.
svar_status svar_scratch_new(struct svar_scratch **scratch, struct svar_error **error);

// Frees a scratch. Takes NULL. No other call may be using it; answers and reports live on.
void svar_scratch_free(struct svar_scratch *scratch);

// Asks a policy: a request in JSON, an answer in JSON, one object each.
//
// `verb` is any verb of the command line that takes `--jsonl` (`validate`, `read`, `next`, `draft`, `clock`,
// `calendar`), and the answer has the same bytes as there; or it is `surge`, `health` or `expectation`. `validate`,
// for one, takes `{"case", "reply", "now"?}` and gives `{"verdict", "findings", "policy"}`; `draft` takes
// `{"case", "slots"?, "seed"?, "now"?}` and gives a reply; `read` takes `{"text", "language"?}` and gives what was
// heard. Who asks for a verb that is none is told those that there are. `svar schema --of VERB` and
// `svar schema --answer VERB` print what a request and its answer hold as JSON Schema, and
// `svar schema --answer error` what `svar_error_json` gives. Any number of threads may ask one policy at once, each
// with a scratch of its own. The answer is the caller's, for `svar_text_free`.
svar_status svar_ask(const struct svar_policy *policy,
                     struct svar_scratch *scratch,
                     struct svar_str verb,
                     struct svar_str request,
                     struct svar_text **answer,
                     struct svar_error **error);

// May this reply be published? `now` may be none (all zero): then nothing is said of messaging windows, opening hours
// and deadlines. Any number of threads may ask one policy at once, each with a scratch of its own. The report is the
// caller's, for `svar_report_free`.
svar_status svar_validate(const struct svar_policy *policy,
                          struct svar_scratch *scratch,
                          const struct svar_case *case_,
                          struct svar_str reply,
                          struct svar_instant now,
                          struct svar_report **report,
                          struct svar_error **error);

// The report in short. Set `out->size` before. The texts in it are borrowed from `report`: they live until
// `svar_report_free`. Any number of threads may ask at once.
svar_status svar_report_summary(const struct svar_report *report,
                                struct svar_summary *out,
                                struct svar_error **error);

// The finding at `index`, from 0, in the order of the reply. Set `out->size` before. The texts in it are borrowed from
// `report`: they live until `svar_report_free`. Any number of threads may ask at once.
svar_status svar_report_finding(const struct svar_report *report,
                                size_t index,
                                struct svar_finding *out,
                                struct svar_error **error);

// The report as JSON, the bytes that `svar_ask` answers `validate` with. Any number of threads may ask at once. The
// answer is the caller's, for `svar_text_free`.
svar_status svar_report_json(const struct svar_report *report,
                             struct svar_text **answer,
                             struct svar_error **error);

// The same report with nothing in it that could identify somebody, so that it can be logged. Any number of threads may
// ask at once. The new report is the caller's, for `svar_report_free`; the old one stays as it is.
svar_status svar_report_masked(const struct svar_report *report,
                               struct svar_report **masked,
                               struct svar_error **error);

// Frees a report, and with it what was borrowed from it. Takes NULL. No other call may be using it.
void svar_report_free(struct svar_report *report);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* SVAR_H */
