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

// Everything that can be known of a case, as values and as JSON.
static void says_all() {
  const char *request = R"({"case":{"id":"4711","channel":"facebook","visibility":"public","language":"en","messages":[
    {"from":"customer","at":"2026-11-21T09:30:00+01:00","text":"Third time this week!!","visibility":"public"}],
    "events":[{"at":"2026-11-21T09:30:00+01:00","kind":"tag","value":"outage"}],
    "facts":{"intent":"complaint","fault":"ours","priority":"high","severity":"critical",
      "loss":{"amount":"249.50","currency":"NOK"},"loss_kind":"goods","offer":{"amount":"2500","currency":"NOK"},
      "approved_by":"manager","reactions":12,"comments":3,"shares":4,"followers":5,"reach":6,"population":7,
      "similar_cases":8,"baseline":{"reactions_per_hour":1.5,"comments_per_hour":0},
      "samples":[{"at":"2026-11-21T09:30:00+01:00","reactions":1,"comments":2}],"media":true,"consent":true,
      "identified":true,"investigated":true,"offered":true,"deadline_passed":true,"fixed":true,"told":true,
      "complexity":"critical","tags":["vip"]},
    "customer":{"name":"Sam"},"agent":{"name":"Jo","role":"manager","training":[],"level":"low"}},
    "reply":"Hello Sam! We will refund you 2500 kr.","now":"2026-11-21T10:00:00+01:00"})";
  // A rule for each fact, so that one that is lost is missed.
  std::string document = "svar = 1\nname = 'facts'\nextends = ['svar:care']\nlanguages = ['en']\n";
  const char *const conditions[] = {
      "media = true",   "consent = true", "identified = true", "investigated = true",  "offered = true",
      "fixed = true",   "told = true",    "loss = true",       "loss_kind = 'goods'",  "beyond_agent = true",
      "fault = 'ours'", "tag = 'vip'",    "priority = 'high'", "severity = 'critical'"};
  for (const char *condition : conditions) {
    std::string name = condition;
    std::string id = name.substr(0, name.find(' '));
    for (char &letter : id) letter = letter == '_' ? '-' : letter;
    document += "[rules.'fact." + id + "']\nwhen = { " + name + " }\nforbid = { phrases = ['hello'] }\n";
  }
  svar::Policy policy = svar::Policy::load(document);
  svar::Scratch scratch;
  svar_instant earlier{1795249800, 3600, 1};
  svar::Case facts;
  facts.id = "4711";
  facts.channel = "facebook";
  facts.visibility = SVAR_VISIBILITY_PUBLIC;
  facts.language = "en";
  facts.messages.push_back({"Third time this week!!", SVAR_AUTHOR_CUSTOMER, SVAR_VISIBILITY_PUBLIC, earlier});
  facts.events.push_back({"tag", earlier, "outage"});
  facts.intent = "complaint";
  facts.fault = SVAR_FAULT_OURS;
  facts.priority = SVAR_LEVEL_HIGH;
  facts.severity = SVAR_LEVEL_CRITICAL;
  facts.loss = {24950, "NOK"};
  facts.loss_kind = SVAR_LOSS_KIND_GOODS;
  facts.offer = {250000, "NOK"};
  facts.approved_by = "manager";
  facts.reactions = 12;
  facts.comments = 3;
  facts.shares = 4;
  facts.followers = 5;
  facts.reach = 6;
  facts.population = 7;
  facts.similar_cases = 8;
  facts.usual_reactions = 1500;
  facts.usual_comments = 0;
  facts.samples.push_back({earlier, 1, 2});
  facts.media = facts.consent = facts.identified = facts.investigated = true;
  facts.offered = facts.deadline_passed = facts.fixed = facts.told = true;
  facts.complexity = SVAR_LEVEL_CRITICAL;
  facts.tags = {"vip"};
  facts.customer_name = "Sam";
  facts.agent_name = "Jo";
  facts.agent_role = "manager";
  facts.agent_level = SVAR_LEVEL_LOW;
  facts.training = std::vector<std::string>{};
  svar_instant now{1795251600, 3600, 1};
  std::string json = policy.validate(facts, "Hello Sam! We will refund you 2500 kr.", scratch, now).json();
  CHECK(json == policy.ask("validate", request, scratch));
  std::size_t found = 0;
  for (std::size_t at = json.find("\"fact."); at != std::string::npos; at = json.find("\"fact.", at + 1)) found++;
  CHECK(found == sizeof conditions / sizeof *conditions && json.find("offer-beyond-reason") != std::string::npos);
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
  says_all();
  throws();
  layers();
  shares();
}
