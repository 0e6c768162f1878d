// Tests of svar.hpp.
#include <cstdlib>
#include <iostream>
#include <thread>
#include <type_traits>

#include "svar.hpp"

#define CHECK(...)                                                             \
  do {                                                                         \
    if (!(__VA_ARGS__)) {                                                      \
      std::cerr << __FILE__ << ':' << __LINE__ << ": " << #__VA_ARGS__ << '\n'; \
      std::exit(1);                                                            \
    }                                                                          \
  } while (0)

template <typename Call>
static svar::Error error_of(Call call) {
  try {
    call();
  } catch (const svar::Error &error) {
    return error;
  }
  std::cerr << "nothing was thrown\n";
  std::exit(1);
}

static_assert(std::is_nothrow_move_constructible_v<svar::Policy> && std::is_copy_constructible_v<svar::Policy>);
static_assert(std::is_move_constructible_v<svar::Report> && !std::is_copy_constructible_v<svar::Report>);
static_assert(std::is_move_constructible_v<svar::Scratch> && !std::is_copy_constructible_v<svar::Scratch>);

static svar::Case facebook() {
  svar::Case facts;
  facts.channel = "facebook";
  facts.language = "en";
  facts.intent = "complaint";
  facts.messages.push_back({"Third time this week!!"});
  facts.tags = {"vip"};
  return facts;
}

static void judges() {
  svar::Policy policy = svar::Policy::builtin();
  svar::Scratch scratch;
  svar::Report report = policy.validate(facebook(), "You should have read the terms.", scratch);
  CHECK(!report.passes() && report.size() == report.errors() + report.warnings() + report.advice());
  bool blamed = false, fixed = false;
  for (std::size_t at = 0; at < report.size(); at++) {
    blamed |= report[at].rule == "tone.blame" && report[at].severity == SVAR_SEVERITY_ERROR;
    fixed |= report[at].fix.has_value();
  }
  CHECK(blamed && fixed && report.policy_name() == "svar:builtin" && !report.policy_version().empty());
  CHECK(policy.ask("read", R"({"text":"Sorry!","language":"en"})", scratch).front() == '{');
  CHECK(policy.validate(facebook(), "Mail jo@example.com", scratch).masked().json().find("jo@") == std::string::npos);
  CHECK(policy.validate(facebook(), std::string_view{}, scratch).size() > 0);
}

static void throws() {
  svar::Policy policy = svar::Policy::builtin();
  svar::Scratch scratch;
  svar::Error error = error_of([&] { policy.ask("validate", "{", scratch); });
  CHECK(error.status() == SVAR_STATUS_REQUEST && error.diagnostics().front().code == "syntax");
  CHECK(error.diagnostics().front().line == 1 && error.json().find("syntax") != std::string::npos);
  error = error_of([&] { policy.ask("validte", "{}", scratch); });
  CHECK(error.status() == SVAR_STATUS_BAD_ARGUMENT && std::string(error.what()).find("did you mean") != std::string::npos);
  svar::Case facts = facebook();
  facts.channel = "facebok";
  error = error_of([&] { policy.validate(facts, "Hi", scratch); });
  CHECK(error.diagnostics().front().code == "unknown-channel");
  svar::Report report = policy.validate(facebook(), "Hi", scratch);
  CHECK(error_of([&] { report[1000]; }).status() == SVAR_STATUS_BAD_ARGUMENT);
  error = error_of([] { svar::Policy::load("svar = 1\nnam = 'x'\n"); });
  CHECK(error.status() == SVAR_STATUS_POLICY && error.diagnostics().size() >= 2);
}

static void layers() {
  svar::PolicyBuilder builder;
  builder.pack("acme:tone", "svar = 1\nname = 'acme:tone'\n[rules.'tone.blame']\noff = true\n");
  builder.layer("ours.toml", "svar = 1\nname = 'ours'\nversion = '3'\nextends = ['svar:care', 'acme:tone']\nlanguages = ['en']\n");
  CHECK(builder.check() == "[]");
  svar::Policy policy = builder.build();
  CHECK(policy.name() == "ours" && policy.version() == "3" && policy.warnings() == "[]");
  CHECK(svar::Policy::load(policy.print()).print() == policy.print());
  svar::Scratch scratch;
  svar::Policy copy = policy;
  policy = svar::Policy::builtin();
  CHECK(copy.name() == "ours");
  CHECK(copy.ask("validate", R"({"case":{"channel":"x"},"reply":"You should have read the terms."})", scratch)
            .find("tone.blame") == std::string::npos);
}

static void shares() {
  const svar::Policy policy = svar::Policy::builtin();
  std::vector<std::thread> threads;
  for (int at = 0; at < 4; at++) {
    threads.emplace_back([&policy] {
      svar::Scratch scratch;
      for (int call = 0; call < 100; call++) CHECK(!policy.validate(facebook(), "Calm down!!", scratch).passes());
    });
  }
  for (std::thread &thread : threads) thread.join();
}

int main() {
  CHECK(svar::version() == SVAR_VERSION);
  judges();
  throws();
  layers();
  shares();
}
