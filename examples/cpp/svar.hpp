// svar in C++17: values that free themselves, exceptions, std::string_view in and out. Header only; link libsvar.
//
// A `Policy` is shared by threads; a `Scratch` belongs to one. What a call gives as a string_view is borrowed from the
// object it was asked from.
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

// A conversation and what is known of it.
struct Case {
  std::string channel;
  std::optional<std::string> language, intent, customer_name, agent_name, agent_role;
  std::vector<Message> messages;
  std::vector<std::string> tags;
  std::uint64_t reactions = 0, comments = 0;
  svar_visibility visibility = SVAR_VISIBILITY_DEFAULT;
  svar_fault fault = SVAR_FAULT_UNKNOWN;
  svar_level priority = SVAR_LEVEL_NORMAL, severity = SVAR_LEVEL_NORMAL;
  bool media = false, consent = false, fixed = false;
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
            one.start, one.end, static_cast<svar_severity>(one.severity), fix};
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
    std::vector<svar_str> tags;
    for (const std::string &tag : facts.tags) tags.push_back(detail::in(tag));
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
                  (facts.fixed ? SVAR_FACT_FIXED : 0);
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
