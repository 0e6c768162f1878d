// svar in C++17: values that free themselves, exceptions, std::string_view in and out. Header only; link libsvar.
//
// A `Policy` is shared by threads; a `Scratch` belongs to one. What a call gives as a string_view is borrowed from the
// object it was asked from. A call that fails throws `svar::Error`, in this header and never through the library: nothing
// is thrown across C.
#ifndef SVAR_HPP
#define SVAR_HPP

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "svar.h"

namespace svar {

namespace detail {

template <typename T, void (*Free)(T *)>
struct Freer {
  void operator()(T *handle) const noexcept { Free(handle); }
};

template <typename T, void (*Free)(T *)>
using Handle = std::unique_ptr<T, Freer<T, Free>>;

// A string_view without data is an empty text, not none.
inline svar_str in(std::string_view text) noexcept {
  return svar_str{text.data() != nullptr ? text.data() : "", text.size()};
}

inline svar_str maybe(const std::optional<std::string> &text) noexcept {
  return text ? in(std::string_view(*text)) : svar_str{nullptr, 0};
}

inline std::string_view out(svar_str text) noexcept { return {text.data, text.len}; }

inline std::vector<svar_str> all(const std::vector<std::string> &texts) {
  std::vector<svar_str> list;
  for (const std::string &text : texts) list.push_back(in(text));
  return list;
}

}  // namespace detail

// One thing that is wrong, and where.
struct Diagnostic {
  std::string code, message, help, source;
  std::size_t line = 0, column = 0, start = 0, end = 0;
  svar_severity severity = SVAR_SEVERITY_ERROR;
};

// A call that failed. `what()` is the whole of it for people.
class Error : public std::runtime_error {
 public:
  Error(svar_status status, svar_error *handle) : Error(status, detail::Handle<svar_error, svar_error_free>(handle)) {}

  svar_status status() const noexcept { return status_; }
  const std::vector<Diagnostic> &diagnostics() const noexcept { return diagnostics_; }
  const std::string &json() const noexcept { return json_; }

 private:
  Error(svar_status status, detail::Handle<svar_error, svar_error_free> handle)
      : std::runtime_error(text(handle.get())), status_(status) {
    svar_str json{};
    if (svar_error_json(handle.get(), &json) == SVAR_STATUS_OK) json_ = detail::out(json);
    std::size_t count = 0;
    if (svar_error_count(handle.get(), &count) != SVAR_STATUS_OK) count = 0;
    for (std::size_t at = 0; at < count; at++) {
      svar_diagnostic one{};
      one.size = sizeof one;
      if (svar_error_diagnostic(handle.get(), at, &one) != SVAR_STATUS_OK) break;
      auto copy = [](svar_str text) { return std::string(detail::out(text)); };
      diagnostics_.push_back({copy(one.code), copy(one.message), copy(one.help), copy(one.source), one.line, one.column,
                              one.start, one.end, static_cast<svar_severity>(one.severity)});
    }
  }

  static std::string text(const svar_error *handle) {
    svar_str text{};
    return svar_error_render(handle, &text) == SVAR_STATUS_OK ? std::string(detail::out(text)) : "svar: no reason given";
  }

  svar_status status_;
  std::string json_;
  std::vector<Diagnostic> diagnostics_;
};

namespace detail {

// Runs a call that takes a place for its error last.
template <typename Call>
void run(Call call) {
  svar_error *error = nullptr;
  svar_status status = call(&error);
  if (status != SVAR_STATUS_OK) throw Error(status, error);
}

// Runs a call that gives a text.
template <typename Call>
std::string text(Call call) {
  svar_text *made = nullptr;
  run([&](svar_error **error) { return call(&made, error); });
  Handle<svar_text, svar_text_free> owned(made);
  svar_str json{};
  run([&](svar_error **error) { return svar_text_get(owned.get(), &json, error); });
  return std::string(out(json));
}

}  // namespace detail

// The version of the library that is linked.
inline std::string_view version() noexcept { return detail::out(svar_version()); }

// Memory to work in: one for each thread.
class Scratch {
 public:
  Scratch() {
    svar_scratch *made = nullptr;
    detail::run([&](svar_error **error) { return svar_scratch_new(&made, error); });
    handle_.reset(made);
  }
  svar_scratch *get() const noexcept { return handle_.get(); }

 private:
  detail::Handle<svar_scratch, svar_scratch_free> handle_;
};

struct Message {
  std::string text;
  svar_author from = SVAR_AUTHOR_CUSTOMER;
  svar_visibility visibility = SVAR_VISIBILITY_DEFAULT;
  svar_instant at{};
};

// Something that happened to a case beside its messages.
struct Event {
  std::string kind;
  svar_instant at{};
  std::optional<std::string> value;
};

// What was counted at an instant.
struct Sample {
  svar_instant at{};
  std::uint64_t reactions = 0, comments = 0;
};

// An amount in the currency's smallest units: {24950, "NOK"} is 249.50 NOK.
struct Money {
  std::int64_t minor_units = 0;
  std::string currency;
};

// A conversation and what is known of it; `svar_case` says what each field means.
struct Case {
  std::string channel;
  std::optional<std::string> id, language, intent, customer_name, agent_name, agent_role, approved_by;
  std::vector<Message> messages;
  std::vector<Event> events;
  std::vector<Sample> samples;
  std::vector<std::string> tags;
  std::optional<std::vector<std::string>> training;
  std::optional<Money> loss, offer;
  svar_loss_kind loss_kind = SVAR_LOSS_KIND_UNSAID;
  std::uint64_t reactions = 0, comments = 0, shares = 0, followers = 0, similar_cases = 0;
  std::optional<std::uint64_t> reach, population, usual_reactions, usual_comments;
  svar_visibility visibility = SVAR_VISIBILITY_DEFAULT;
  svar_fault fault = SVAR_FAULT_UNKNOWN;
  svar_level priority = SVAR_LEVEL_NORMAL, severity = SVAR_LEVEL_NORMAL;
  std::optional<svar_level> complexity, agent_level;
  bool media = false, consent = false, identified = false, investigated = false, offered = false,
       deadline_passed = false, fixed = false, told = false;
};

// What would pass: `text` in place of the bytes from `start` to `end`.
struct Fix {
  std::size_t start, end;
  std::string_view text;
};

// One rule not kept; texts are borrowed from the report.
struct Finding {
  std::string_view rule, message, why, evidence;
  std::size_t start, end;
  svar_severity severity;
  bool guessed;
  std::optional<Fix> fix;
};

// What was found in one reply.
class Report {
 public:
  explicit Report(svar_report *handle) : handle_(handle) {
    summary_.size = sizeof summary_;
    detail::run([&](svar_error **error) { return svar_report_summary(handle_.get(), &summary_, error); });
  }

  bool passes() const noexcept { return summary_.verdict == SVAR_VERDICT_PASS; }
  std::size_t size() const noexcept { return summary_.findings; }
  std::size_t errors() const noexcept { return summary_.errors; }
  std::size_t warnings() const noexcept { return summary_.warnings; }
  std::size_t advice() const noexcept { return summary_.advice; }
  std::string_view policy_name() const noexcept { return detail::out(summary_.policy_name); }
  std::string_view policy_version() const noexcept { return detail::out(summary_.policy_version); }

  Finding operator[](std::size_t index) const {
    svar_finding one{};
    one.size = sizeof one;
    detail::run([&](svar_error **error) { return svar_report_finding(handle_.get(), index, &one, error); });
    std::optional<Fix> fix;
    if (one.fix.data != nullptr) fix = Fix{one.fix_start, one.fix_end, detail::out(one.fix)};
    return {detail::out(one.rule), detail::out(one.message), detail::out(one.why), detail::out(one.evidence),
            one.start, one.end, static_cast<svar_severity>(one.severity), one.guessed != 0, fix};
  }

  std::string json() const {
    return detail::text([&](svar_text **made, svar_error **error) { return svar_report_json(handle_.get(), made, error); });
  }

  // The same with nothing in it that could identify somebody.
  Report masked() const {
    svar_report *made = nullptr;
    detail::run([&](svar_error **error) { return svar_report_masked(handle_.get(), &made, error); });
    return Report(made);
  }

 private:
  detail::Handle<svar_report, svar_report_free> handle_;
  svar_summary summary_{};
};

// A compiled policy. A copy is another handle for the same policy.
class Policy {
 public:
  explicit Policy(svar_policy *handle) : handle_(handle) {}
  Policy(const Policy &other) {
    svar_policy *made = nullptr;
    detail::run([&](svar_error **error) { return svar_policy_clone(other.handle_.get(), &made, error); });
    handle_.reset(made);
  }
  Policy(Policy &&) noexcept = default;
  Policy &operator=(Policy other) noexcept {
    handle_ = std::move(other.handle_);
    return *this;
  }

  static Policy builtin() {
    svar_policy *made = nullptr;
    detail::run([&](svar_error **error) { return svar_policy_builtin(&made, error); });
    return Policy(made);
  }

  // From one TOML or JSON document.
  static Policy load(std::string_view document) {
    svar_policy *made = nullptr;
    detail::run([&](svar_error **error) { return svar_policy_load(detail::in(document), &made, error); });
    return Policy(made);
  }

  std::string_view name() const { return borrowed(svar_policy_name); }
  std::string_view version() const { return borrowed(svar_policy_version); }

  // The whole policy as one JSON document.
  std::string print() const {
    return detail::text([&](svar_text **made, svar_error **error) { return svar_policy_print(handle_.get(), made, error); });
  }

  // What is doubtful in its documents: a JSON list.
  std::string warnings() const {
    return detail::text(
        [&](svar_text **made, svar_error **error) { return svar_policy_warnings(handle_.get(), made, error); });
  }

  // A request in JSON, an answer in JSON: the verbs of the command line.
  std::string ask(std::string_view verb, std::string_view request, Scratch &scratch) const {
    return detail::text([&](svar_text **made, svar_error **error) {
      return svar_ask(handle_.get(), scratch.get(), detail::in(verb), detail::in(request), made, error);
    });
  }

  // May this reply be published?
  Report validate(const Case &facts, std::string_view reply, Scratch &scratch, svar_instant now = {}) const {
    std::vector<svar_message> messages;
    for (const Message &message : facts.messages) {
      messages.push_back({detail::in(message.text), message.at, message.from, message.visibility});
    }
    std::vector<svar_event> events;
    for (const Event &event : facts.events) {
      events.push_back({detail::in(event.kind), detail::maybe(event.value), event.at});
    }
    std::vector<svar_sample> samples;
    for (const Sample &sample : facts.samples) samples.push_back({sample.at, sample.reactions, sample.comments});
    std::vector<svar_str> tags = detail::all(facts.tags), training;
    if (facts.training) training = detail::all(*facts.training);
    svar_case plain{};
    plain.size = sizeof plain;
    plain.channel = detail::in(facts.channel);
    plain.language = detail::maybe(facts.language);
    plain.messages = messages.data();
    plain.message_count = messages.size();
    plain.message_size = sizeof(svar_message);
    plain.intent = detail::maybe(facts.intent);
    plain.tags = tags.data();
    plain.tag_count = tags.size();
    plain.customer_name = detail::maybe(facts.customer_name);
    plain.agent_name = detail::maybe(facts.agent_name);
    plain.agent_role = detail::maybe(facts.agent_role);
    plain.reactions = facts.reactions;
    plain.comments = facts.comments;
    plain.visibility = facts.visibility;
    plain.fault = facts.fault;
    plain.priority = facts.priority;
    plain.severity = facts.severity;
    plain.flags = (facts.media ? SVAR_FACT_MEDIA : 0) | (facts.consent ? SVAR_FACT_CONSENT : 0) |
                  (facts.fixed ? SVAR_FACT_FIXED : 0) | (facts.identified ? SVAR_FACT_IDENTIFIED : 0) |
                  (facts.investigated ? SVAR_FACT_INVESTIGATED : 0) | (facts.offered ? SVAR_FACT_OFFERED : 0) |
                  (facts.deadline_passed ? SVAR_FACT_DEADLINE_PASSED : 0) | (facts.told ? SVAR_FACT_TOLD : 0);
    plain.id = detail::maybe(facts.id);
    plain.events = events.data();
    plain.event_count = events.size();
    plain.event_size = sizeof(svar_event);
    if (facts.loss) plain.loss = {facts.loss->minor_units, detail::in(facts.loss->currency)};
    if (facts.offer) plain.offer = {facts.offer->minor_units, detail::in(facts.offer->currency)};
    plain.approved_by = detail::maybe(facts.approved_by);
    plain.training = training.data();
    plain.training_count = training.size();
    plain.samples = samples.data();
    plain.sample_count = samples.size();
    plain.sample_size = sizeof(svar_sample);
    plain.shares = facts.shares;
    plain.followers = facts.followers;
    plain.similar_cases = facts.similar_cases;
    plain.reach = facts.reach.value_or(0);
    plain.population = facts.population.value_or(0);
    plain.usual_reactions = facts.usual_reactions.value_or(0);
    plain.usual_comments = facts.usual_comments.value_or(0);
    plain.loss_kind = facts.loss_kind;
    plain.complexity = facts.complexity.value_or(SVAR_LEVEL_NORMAL);
    plain.agent_level = facts.agent_level.value_or(SVAR_LEVEL_NORMAL);
    plain.given = (facts.reach ? SVAR_GIVEN_REACH : 0) | (facts.population ? SVAR_GIVEN_POPULATION : 0) |
                  (facts.usual_reactions ? SVAR_GIVEN_USUAL_REACTIONS : 0) |
                  (facts.usual_comments ? SVAR_GIVEN_USUAL_COMMENTS : 0) |
                  (facts.complexity ? SVAR_GIVEN_COMPLEXITY : 0) | (facts.agent_level ? SVAR_GIVEN_AGENT_LEVEL : 0) |
                  (facts.training ? SVAR_GIVEN_TRAINING : 0);
    svar_report *made = nullptr;
    detail::run([&](svar_error **error) {
      return svar_validate(handle_.get(), scratch.get(), &plain, detail::in(reply), now, &made, error);
    });
    return Report(made);
  }

 private:
  using Getter = svar_status (*)(const svar_policy *, svar_str *, svar_error **);

  std::string_view borrowed(Getter getter) const {
    svar_str text{};
    detail::run([&](svar_error **error) { return getter(handle_.get(), &text, error); });
    return detail::out(text);
  }

  detail::Handle<svar_policy, svar_policy_free> handle_;
};

// Collects the documents of a policy, in layers.
class PolicyBuilder {
 public:
  PolicyBuilder() {
    svar_policy_builder *made = nullptr;
    detail::run([&](svar_error **error) { return svar_policy_builder_new(&made, error); });
    handle_.reset(made);
  }

  // A layer on top of those before; `name` is what diagnostics call it.
  PolicyBuilder &layer(std::string_view name, std::string_view document) {
    detail::run([&](svar_error **error) {
      return svar_policy_builder_layer(handle_.get(), detail::in(name), detail::in(document), error);
    });
    return *this;
  }

  // A document that others can extend by its name.
  PolicyBuilder &pack(std::string_view name, std::string_view document) {
    detail::run([&](svar_error **error) {
      return svar_policy_builder_pack(handle_.get(), detail::in(name), detail::in(document), error);
    });
    return *this;
  }

  Policy build() const {
    svar_policy *made = nullptr;
    detail::run([&](svar_error **error) { return svar_policy_builder_build(handle_.get(), &made, error); });
    return Policy(made);
  }

  // Everything there is to say about the documents: a JSON list of diagnostics.
  std::string check() const {
    return detail::text(
        [&](svar_text **made, svar_error **error) { return svar_policy_builder_check(handle_.get(), made, error); });
  }

 private:
  detail::Handle<svar_policy_builder, svar_policy_builder_free> handle_;
};

}  // namespace svar

#endif  // SVAR_HPP
