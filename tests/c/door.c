/* The C door, tried from outside: what may be passed in, and what must not bring a program down.
 *
 * Written in what C11 and C++17 have in common, and compiled as both. `door N` makes N calls in each of eight threads;
 * with SVAR_TEST_PANIC the library must have the feature `capi-test-panic`. Prints nothing but what is wrong; the
 * panics that are made on purpose are printed by Rust's own hook. */
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "svar.h"

#define CHECK(what)                                                         \
  do {                                                                      \
    if (!(what)) {                                                          \
      fprintf(stderr, "%s:%d: %s does not hold\n", __FILE__, __LINE__, #what); \
      exit(1);                                                              \
    }                                                                       \
  } while (0)

#define OK(call) CHECK((call) == SVAR_STATUS_OK && error == NULL)
#define FAILS(status, code, call) CHECK((call) == (status) && told(&error, (status), (code)))

#define POLICY SVAR_STR("svar = 1\nname = 'acme'\nversion = '7'\nextends = ['svar:care']\nlanguages = ['en']\n")

static const char REQUEST[] =
    "{\"case\":{\"channel\":\"facebook\",\"language\":\"en\",\"messages\":[{\"from\":\"customer\",\"text\":"
    "\"Third time this week!! Nobody replies.\"}]},\"reply\":\"Calm down. You should have read the terms.\"}";

static const svar_str NOTHING = {NULL, 0};
static const svar_instant NEVER = {0, 0, 0};

static svar_str str(const char *text) {
  svar_str out;
  out.data = text;
  out.len = strlen(text);
  return out;
}

static int same(svar_str a, svar_str b) {
  return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

static int holds(svar_str text, const char *part) {
  size_t length = strlen(part), at;
  for (at = 0; at + length <= text.len; at++)
    if (memcmp(text.data + at, part, length) == 0) return 1;
  return 0;
}

/* Whether the error says what it should, in every form; frees it. */
static int told(svar_error **error, svar_status status, const char *code) {
  svar_diagnostic first;
  svar_str json, text;
  size_t count = 0;
  int right;
  memset(&first, 0, sizeof first);
  first.size = sizeof first;
  if (*error == NULL || svar_error_status(*error) != status) return 0;
  right = svar_error_count(*error, &count) == SVAR_STATUS_OK && count > 0 &&
          svar_error_diagnostic(*error, 0, &first) == SVAR_STATUS_OK && same(first.code, str(code)) &&
          first.message.len > 0 && first.severity == SVAR_SEVERITY_ERROR &&
          svar_error_json(*error, &json) == SVAR_STATUS_OK && holds(json, code) && json.data[0] == '{' &&
          svar_error_render(*error, &text) == SVAR_STATUS_OK && holds(text, code) &&
          svar_error_diagnostic(*error, count, &first) == SVAR_STATUS_BAD_ARGUMENT;
  if (!right) fprintf(stderr, "expected %s, got %.*s\n", code, (int)json.len, json.data);
  svar_error_free(*error);
  *error = NULL;
  return right;
}

static svar_case facebook(void) {
  svar_case c;
  memset(&c, 0, sizeof c);
  c.size = sizeof c;
  c.channel = SVAR_STR("facebook");
  c.language = SVAR_STR("en");
  return c;
}

static svar_policy *builtin(void) {
  svar_policy *policy = NULL;
  svar_error *error = NULL;
  OK(svar_policy_builtin(&policy, &error));
  return policy;
}

static svar_scratch *scratch_new(void) {
  svar_scratch *scratch = NULL;
  svar_error *error = NULL;
  OK(svar_scratch_new(&scratch, &error));
  return scratch;
}

static void versions(svar_policy *policy) {
  svar_error *error = NULL;
  svar_policy *loaded = NULL;
  svar_str text;
  CHECK(svar_abi_version() == SVAR_ABI_VERSION);
  CHECK(same(svar_version(), SVAR_STR(SVAR_VERSION)));
  OK(svar_policy_name(policy, &text, &error));
  CHECK(same(text, SVAR_STR("svar:builtin")));
  OK(svar_policy_load(POLICY, &loaded, &error));
  OK(svar_policy_version(loaded, &text, &error));
  CHECK(same(text, SVAR_STR("7")));
  svar_policy_free(loaded);
}

/* NULL for each argument of each function is told, and nothing is written but NULL. */
static void null_everywhere(svar_policy *policy, svar_scratch *scratch) {
  svar_error *error = NULL;
  svar_policy_builder *builder = NULL;
  svar_policy *loaded = policy;
  svar_report *report = NULL, *masked = NULL;
  svar_text *answer = NULL;
  svar_case c = facebook();
  svar_str text, request = str(REQUEST), verb = SVAR_STR("validate");
  svar_summary summary;
  svar_finding finding;
  svar_diagnostic diagnostic;
  size_t count;
  const svar_status null = SVAR_STATUS_NULL_ARGUMENT;
  const char *code = "null-argument";
  summary.size = sizeof summary;
  finding.size = sizeof finding;
  diagnostic.size = sizeof diagnostic;

  FAILS(null, code, svar_policy_builtin(NULL, &error));
  FAILS(null, code, svar_policy_load(NOTHING, &loaded, &error));
  CHECK(loaded == NULL);
  FAILS(null, code, svar_policy_load(POLICY, NULL, &error));
  FAILS(null, code, svar_policy_clone(NULL, &loaded, &error));
  FAILS(null, code, svar_policy_clone(policy, NULL, &error));
  FAILS(null, code, svar_policy_name(NULL, &text, &error));
  FAILS(null, code, svar_policy_name(policy, NULL, &error));
  FAILS(null, code, svar_policy_version(NULL, &text, &error));
  FAILS(null, code, svar_policy_version(policy, NULL, &error));
  FAILS(null, code, svar_policy_warnings(NULL, &answer, &error));
  FAILS(null, code, svar_policy_warnings(policy, NULL, &error));
  FAILS(null, code, svar_policy_print(NULL, &answer, &error));
  FAILS(null, code, svar_policy_print(policy, NULL, &error));

  FAILS(null, code, svar_policy_builder_new(NULL, &error));
  OK(svar_policy_builder_new(&builder, &error));
  FAILS(null, code, svar_policy_builder_layer(NULL, verb, POLICY, &error));
  FAILS(null, code, svar_policy_builder_layer(builder, NOTHING, POLICY, &error));
  FAILS(null, code, svar_policy_builder_layer(builder, verb, NOTHING, &error));
  FAILS(null, code, svar_policy_builder_pack(NULL, verb, POLICY, &error));
  FAILS(null, code, svar_policy_builder_pack(builder, NOTHING, POLICY, &error));
  FAILS(null, code, svar_policy_builder_pack(builder, verb, NOTHING, &error));
  FAILS(null, code, svar_policy_builder_build(NULL, &loaded, &error));
  FAILS(null, code, svar_policy_builder_build(builder, NULL, &error));
  FAILS(null, code, svar_policy_builder_check(NULL, &answer, &error));
  FAILS(null, code, svar_policy_builder_check(builder, NULL, &error));
  svar_policy_builder_free(builder);

  FAILS(null, code, svar_scratch_new(NULL, &error));
  FAILS(null, code, svar_ask(NULL, scratch, verb, request, &answer, &error));
  FAILS(null, code, svar_ask(policy, NULL, verb, request, &answer, &error));
  FAILS(null, code, svar_ask(policy, scratch, NOTHING, request, &answer, &error));
  FAILS(null, code, svar_ask(policy, scratch, verb, NOTHING, &answer, &error));
  FAILS(null, code, svar_ask(policy, scratch, verb, request, NULL, &error));
  CHECK(answer == NULL);
  FAILS(null, code, svar_text_get(NULL, &text, &error));

  FAILS(null, code, svar_validate(NULL, scratch, &c, verb, NEVER, &report, &error));
  FAILS(null, code, svar_validate(policy, NULL, &c, verb, NEVER, &report, &error));
  FAILS(null, code, svar_validate(policy, scratch, NULL, verb, NEVER, &report, &error));
  FAILS(null, code, svar_validate(policy, scratch, &c, NOTHING, NEVER, &report, &error));
  FAILS(null, code, svar_validate(policy, scratch, &c, verb, NEVER, NULL, &error));
  c.channel = NOTHING;
  FAILS(null, code, svar_validate(policy, scratch, &c, verb, NEVER, &report, &error));
  c = facebook();
  c.message_count = 1;
  c.message_size = sizeof(svar_message);
  FAILS(null, code, svar_validate(policy, scratch, &c, verb, NEVER, &report, &error));
  c = facebook();
  c.tag_count = 1;
  FAILS(null, code, svar_validate(policy, scratch, &c, verb, NEVER, &report, &error));
  c = facebook();
  c.intent.len = 3;
  FAILS(null, code, svar_validate(policy, scratch, &c, verb, NEVER, &report, &error));
  c = facebook();
  c.event_count = 1;
  c.event_size = sizeof(svar_event);
  FAILS(null, code, svar_validate(policy, scratch, &c, verb, NEVER, &report, &error));
  c = facebook();
  c.sample_count = 1;
  c.sample_size = sizeof(svar_sample);
  FAILS(null, code, svar_validate(policy, scratch, &c, verb, NEVER, &report, &error));
  c = facebook();
  c.training_count = 1;
  c.given = SVAR_GIVEN_TRAINING;
  FAILS(null, code, svar_validate(policy, scratch, &c, verb, NEVER, &report, &error));
  c = facebook();
  c.loss.minor_units = 1;
  FAILS(null, code, svar_validate(policy, scratch, &c, verb, NEVER, &report, &error));
  CHECK(report == NULL);

  c = facebook();
  OK(svar_validate(policy, scratch, &c, verb, NEVER, &report, &error));
  FAILS(null, code, svar_report_summary(NULL, &summary, &error));
  FAILS(null, code, svar_report_summary(report, NULL, &error));
  FAILS(null, code, svar_report_finding(NULL, 0, &finding, &error));
  FAILS(null, code, svar_report_finding(report, 0, NULL, &error));
  FAILS(null, code, svar_report_json(NULL, &answer, &error));
  FAILS(null, code, svar_report_json(report, NULL, &error));
  FAILS(null, code, svar_report_masked(NULL, &masked, &error));
  FAILS(null, code, svar_report_masked(report, NULL, &error));
  svar_report_free(report);

  CHECK(svar_error_status(NULL) == null);
  CHECK(svar_error_count(NULL, &count) == null);
  CHECK(svar_error_diagnostic(NULL, 0, &diagnostic) == null);
  CHECK(svar_error_json(NULL, &text) == null);
  CHECK(svar_error_render(NULL, &text) == null);
  CHECK(svar_policy_name(NULL, &text, &error) == null);
  CHECK(svar_error_count(error, NULL) == null);
  CHECK(svar_error_diagnostic(error, 0, NULL) == null);
  CHECK(svar_error_json(error, NULL) == null);
  CHECK(svar_error_render(error, NULL) == null);
  svar_error_free(error);
  error = NULL;

  /* Who does not want to know why, passes no place for it. */
  CHECK(svar_policy_builtin(NULL, NULL) == null);
  CHECK(svar_ask(policy, scratch, verb, SVAR_STR("{"), &answer, NULL) == SVAR_STATUS_REQUEST);
  CHECK(svar_ask(policy, scratch, verb, request, &answer, NULL) == SVAR_STATUS_OK);
  CHECK(svar_text_get(answer, NULL, NULL) == null);
  svar_text_free(answer);
}

/* Pointers that are not aligned are told, too; nothing is read or written there. */
static void misaligned(svar_policy *policy, svar_scratch *scratch) {
  svar_error *error = NULL;
  char memory[sizeof(svar_case) + sizeof(void *)];
  char *odd = memory + (((size_t)memory) % 2 == 0 ? 1 : 0);
  memset(memory, 0x55, sizeof memory);
  FAILS(SVAR_STATUS_NULL_ARGUMENT, "null-argument", svar_scratch_new((svar_scratch **)(void *)odd, &error));
  FAILS(SVAR_STATUS_NULL_ARGUMENT, "null-argument", svar_policy_name(policy, (svar_str *)(void *)odd, &error));
  {
    svar_report *report = NULL;
    const svar_case *c = (const svar_case *)(void *)odd;
    FAILS(SVAR_STATUS_NULL_ARGUMENT, "null-argument",
          svar_validate(policy, scratch, c, SVAR_STR("Hi"), NEVER, &report, &error));
  }
  CHECK(svar_policy_name(NULL, NULL, (svar_error **)(void *)odd) == SVAR_STATUS_NULL_ARGUMENT);
  CHECK(odd[0] == 0x55 && odd[sizeof(void *)] == 0x55);
}

static void bad_utf8(svar_policy *policy, svar_scratch *scratch) {
  svar_error *error = NULL;
  svar_policy *loaded = NULL;
  svar_policy_builder *builder = NULL;
  svar_report *report = NULL;
  svar_text *answer = NULL;
  svar_case c = facebook();
  svar_message message;
  svar_str bad = SVAR_STR("Kj\xf8kken"), good = SVAR_STR("validate");
  const svar_status status = SVAR_STATUS_NOT_UTF8;
  const char *code = "not-utf8";
  FAILS(status, code, svar_policy_load(bad, &loaded, &error));
  OK(svar_policy_builder_new(&builder, &error));
  FAILS(status, code, svar_policy_builder_layer(builder, bad, POLICY, &error));
  FAILS(status, code, svar_policy_builder_layer(builder, good, bad, &error));
  FAILS(status, code, svar_policy_builder_pack(builder, bad, POLICY, &error));
  FAILS(status, code, svar_policy_builder_pack(builder, good, bad, &error));
  svar_policy_builder_free(builder);
  FAILS(status, code, svar_ask(policy, scratch, bad, good, &answer, &error));
  FAILS(status, code, svar_ask(policy, scratch, good, bad, &answer, &error));
  FAILS(status, code, svar_validate(policy, scratch, &c, bad, NEVER, &report, &error));
  c.agent_name = bad;
  FAILS(status, code, svar_validate(policy, scratch, &c, good, NEVER, &report, &error));
  c = facebook();
  memset(&message, 0, sizeof message);
  message.text = bad;
  c.messages = &message;
  c.message_count = 1;
  c.message_size = sizeof message;
  FAILS(status, code, svar_validate(policy, scratch, &c, good, NEVER, &report, &error));
  c = facebook();
  c.tags = &bad;
  c.tag_count = 1;
  FAILS(status, code, svar_validate(policy, scratch, &c, good, NEVER, &report, &error));
  c = facebook();
  c.training = &bad;
  c.training_count = 1;
  c.given = SVAR_GIVEN_TRAINING;
  FAILS(status, code, svar_validate(policy, scratch, &c, good, NEVER, &report, &error));
  c = facebook();
  c.offer.currency = bad;
  FAILS(status, code, svar_validate(policy, scratch, &c, good, NEVER, &report, &error));
  /* A letter that was cut in half at the end. */
  bad = SVAR_STR("bl\xc3");
  FAILS(status, code, svar_validate(policy, scratch, &c, bad, NEVER, &report, &error));
}

/* NUL is a character like others: it ends nothing, neither on the way in nor on the way out. */
static void nul_inside(svar_policy *policy, svar_scratch *scratch) {
  svar_error *error = NULL;
  svar_report *report = NULL;
  svar_text *answer = NULL;
  svar_case c = facebook();
  svar_str reply = SVAR_STR("Hi Sam!\0 You should have read the terms."), json;
  svar_summary summary;
  svar_finding finding;
  size_t at;
  int found = 0;
  summary.size = sizeof summary;
  finding.size = sizeof finding;
  OK(svar_validate(policy, scratch, &c, reply, NEVER, &report, &error));
  OK(svar_report_summary(report, &summary, &error));
  for (at = 0; at < summary.findings; at++) {
    OK(svar_report_finding(report, at, &finding, &error));
    CHECK(finding.start <= finding.end && finding.end <= reply.len);
    CHECK(finding.evidence.len == finding.end - finding.start);
    CHECK(memcmp(finding.evidence.data, reply.data + finding.start, finding.evidence.len) == 0);
    found |= finding.start > 8 && same(finding.rule, SVAR_STR("tone.blame"));
  }
  CHECK(found);
  svar_report_free(report);
  OK(svar_ask(policy, scratch, SVAR_STR("read"), SVAR_STR("{\"text\":\"a\\u0000b\"}"), &answer, &error));
  OK(svar_text_get(answer, &json, &error));
  CHECK(holds(json, "\"bytes\":3"));
  svar_text_free(answer);
  FAILS(SVAR_STATUS_REQUEST, "syntax",
        svar_ask(policy, scratch, SVAR_STR("read"), SVAR_STR("{\"text\":\"a\0b\"}"), &answer, &error));
  FAILS(SVAR_STATUS_BAD_ARGUMENT, "unknown-value",
        svar_ask(policy, scratch, SVAR_STR("read\0"), SVAR_STR("{}"), &answer, &error));
}

/* An error spoils nothing: the same handles go on, with the same answers, and what was written is NULL. */
static void error_then_success(svar_policy *policy, svar_scratch *scratch) {
  svar_error *error = NULL;
  svar_text *first = NULL, *again = NULL, *none;
  svar_str a, b, verb = SVAR_STR("validate"), request = str(REQUEST);
  svar_policy_builder *builder = NULL;
  svar_policy *policy2 = NULL;
  int round;
  OK(svar_ask(policy, scratch, verb, request, &first, &error));
  OK(svar_text_get(first, &a, &error));
  for (round = 0; round < 3; round++) {
    none = first;
    FAILS(SVAR_STATUS_REQUEST, "syntax", svar_ask(policy, scratch, verb, SVAR_STR("{]"), &none, &error));
    CHECK(none == NULL);
    FAILS(SVAR_STATUS_REQUEST, "missing-key", svar_ask(policy, scratch, verb, SVAR_STR("{}"), &none, &error));
    FAILS(SVAR_STATUS_REQUEST, "unknown-channel",
          svar_ask(policy, scratch, verb, SVAR_STR("{\"case\":{\"channel\":\"facebok\"},\"reply\":\"Hi\"}"), &none,
                   &error));
    {
      /* An error about a case says where in the request the value stands that is wrong. */
      svar_diagnostic place;
      memset(&place, 0, sizeof place);
      place.size = sizeof place;
      CHECK(svar_ask(policy, scratch, verb, SVAR_STR("{\"case\":{\"channel\":\"facebok\"},\"reply\":\"Hi\"}"),
                     &none, &error) == SVAR_STATUS_REQUEST);
      CHECK(svar_error_diagnostic(error, 0, &place) == SVAR_STATUS_OK);
      CHECK(same(place.source, SVAR_STR("request")) && place.line == 1 && place.column == 20);
      CHECK(place.start == 19 && place.end == 28);
      svar_error_free(error);
      error = NULL;
    }
    FAILS(SVAR_STATUS_BAD_ARGUMENT, "unknown-value",
          svar_ask(policy, scratch, SVAR_STR("validte"), request, &none, &error));
    svar_text_free(none);
    OK(svar_ask(policy, scratch, verb, request, &again, &error));
    OK(svar_text_get(again, &b, &error));
    CHECK(same(a, b));
    svar_text_free(again);
  }
  svar_text_free(first);

  /* A builder that could not build is corrected by one more layer. */
  OK(svar_policy_builder_new(&builder, &error));
  FAILS(SVAR_STATUS_POLICY, "missing-key", svar_policy_builder_build(builder, &policy2, &error));
  OK(svar_policy_builder_layer(builder, SVAR_STR("a.toml"), POLICY, &error));
  OK(svar_policy_builder_layer(builder, SVAR_STR("b.toml"), SVAR_STR("svar = 1\n[brand]\nnam = 'x'\n"), &error));
  FAILS(SVAR_STATUS_POLICY, "unknown-key", svar_policy_builder_build(builder, &policy2, &error));
  CHECK(policy2 == NULL);
  FAILS(SVAR_STATUS_POLICY, "unknown-key", svar_policy_builder_build(builder, &policy2, &error));
  svar_policy_builder_free(builder);
}

/* An error tells the place. */
static void places(void) {
  svar_error *error = NULL;
  svar_policy_builder *builder = NULL;
  svar_policy *policy = NULL;
  svar_diagnostic diagnostic;
  size_t count = 0;
  svar_str text;
  diagnostic.size = sizeof diagnostic;
  OK(svar_policy_builder_new(&builder, &error));
  OK(svar_policy_builder_layer(builder, SVAR_STR("ours.toml"),
                               SVAR_STR("svar = 1\nname = 'x'\nlanguges = []\n[brand]\nnam = 'y'\n"), &error));
  CHECK(svar_policy_builder_build(builder, &policy, &error) == SVAR_STATUS_POLICY);
  CHECK(svar_error_count(error, &count) == SVAR_STATUS_OK && count >= 2);
  CHECK(svar_error_diagnostic(error, 0, &diagnostic) == SVAR_STATUS_OK);
  CHECK(same(diagnostic.source, SVAR_STR("ours.toml")) && diagnostic.line == 3 && diagnostic.column == 1);
  CHECK(diagnostic.end - diagnostic.start == 8 && holds(diagnostic.help, "languages"));
  CHECK(svar_error_render(error, &text) == SVAR_STATUS_OK && holds(text, "3 | languges = []"));
  /* Every mistake is told, not only the first. */
  CHECK(svar_error_diagnostic(error, 1, &diagnostic) == SVAR_STATUS_OK);
  CHECK(same(diagnostic.code, SVAR_STR("unknown-key")) && diagnostic.line == 5 && diagnostic.column == 1);
  CHECK(diagnostic.start == 42 && diagnostic.end == 45 && holds(diagnostic.help, "name"));
  CHECK(svar_error_json(error, &text) == SVAR_STATUS_OK && holds(text, "\"line\":3") && holds(text, "\"line\":5"));
  svar_error_free(error);
  svar_policy_builder_free(builder);
}

static void policies(svar_policy *policy, svar_scratch *scratch) {
  svar_error *error = NULL;
  svar_policy_builder *builder = NULL;
  svar_policy *ours = NULL, *printed = NULL, *clone = NULL;
  svar_text *checked = NULL, *first = NULL, *second = NULL, *warnings = NULL;
  svar_str a, b, name, verb = SVAR_STR("validate"), request = str(REQUEST);
  OK(svar_policy_builder_new(&builder, &error));
  OK(svar_policy_builder_pack(builder, SVAR_STR("acme:tone"),
                              SVAR_STR("svar = 1\nname = 'acme:tone'\n[rules.'tone.blame']\nseverity = 'advice'\n"),
                              &error));
  OK(svar_policy_builder_layer(builder, SVAR_STR("base.toml"),
                               SVAR_STR("svar = 1\nname = 'base'\nversion = '1'\nextends = ['svar:care', "
                                        "'acme:tone']\nlanguages = ['en', 'nb']\n"),
                               &error));
  OK(svar_policy_builder_layer(
      builder, SVAR_STR("ours.json"),
      SVAR_STR("{\"svar\": 1, \"name\": \"ours\", \"rules\": {\"acme.no-lol\": {\"forbid\": {\"phrases\": "
               "[\"lol\"]}, \"bad\": [\"oh <lol>\"], \"good\": [\"lol\"]}}}"),
      &error));
  OK(svar_policy_builder_build(builder, &ours, &error));
  OK(svar_policy_builder_check(builder, &checked, &error));
  OK(svar_text_get(checked, &a, &error));
  CHECK(a.data[0] == '[' && holds(a, "\"code\":\"example\"") && holds(a, "ours.json"));
  svar_text_free(checked);
  svar_policy_builder_free(builder);
  OK(svar_policy_warnings(ours, &warnings, &error));
  OK(svar_text_get(warnings, &a, &error));
  CHECK(a.data[0] == '[');
  svar_text_free(warnings);

  /* What is printed is the same policy: same name, no version of the layer below, same answer, same print. */
  OK(svar_policy_print(ours, &first, &error));
  OK(svar_text_get(first, &a, &error));
  CHECK(holds(a, "\"name\":\"ours\"") && !holds(a, "extends") && holds(a, "acme.no-lol"));
  OK(svar_policy_load(a, &printed, &error));
  OK(svar_policy_name(printed, &name, &error));
  CHECK(same(name, SVAR_STR("ours")));
  OK(svar_policy_version(printed, &name, &error));
  CHECK(name.len == 0);
  OK(svar_policy_print(printed, &second, &error));
  OK(svar_text_get(second, &b, &error));
  CHECK(same(a, b));
  svar_text_free(first);
  svar_text_free(second);
  OK(svar_ask(ours, scratch, verb, request, &first, &error));
  OK(svar_ask(printed, scratch, verb, request, &second, &error));
  OK(svar_text_get(first, &a, &error));
  OK(svar_text_get(second, &b, &error));
  CHECK(same(a, b) && holds(a, "\"rule\":\"tone.blame\",\"severity\":\"advice\""));
  svar_text_free(first);
  svar_text_free(second);
  svar_policy_free(printed);
  svar_policy_free(ours);

  /* A clone outlives what it was made of. */
  OK(svar_policy_load(POLICY, &ours, &error));
  OK(svar_policy_clone(ours, &clone, &error));
  svar_policy_free(ours);
  OK(svar_policy_name(clone, &name, &error));
  CHECK(same(name, SVAR_STR("acme")));
  svar_policy_free(clone);
  (void)policy;
}

static void structs(svar_policy *policy, svar_scratch *scratch) {
  svar_error *error = NULL;
  svar_report *report = NULL;
  svar_case c = facebook();
  svar_str reply = SVAR_STR("Hi Sam!");
  svar_summary summary;
  svar_finding finding;
  svar_instant wrong = {0, 100000, 1}, half = {5, 0, 0}, far = {INT64_MAX, 0, 1};
  struct {
    svar_message message;
    void *later;
  } newer[2];
  const svar_status status = SVAR_STATUS_BAD_ARGUMENT;
  size_t sizes[] = {0, sizeof(size_t), offsetof(svar_case, id) - 1, 5000, (size_t)-1}, at;
  for (at = 0; at < sizeof sizes / sizeof *sizes; at++) {
    c.size = sizes[at];
    FAILS(status, "struct-size", svar_validate(policy, scratch, &c, reply, NEVER, &report, &error));
  }
  c = facebook();
  c.visibility = 3;
  FAILS(status, "out-of-range", svar_validate(policy, scratch, &c, reply, NEVER, &report, &error));
  c = facebook();
  c.fault = 77;
  FAILS(status, "out-of-range", svar_validate(policy, scratch, &c, reply, NEVER, &report, &error));
  c = facebook();
  c.flags = 1u << 31;
  FAILS(status, "out-of-range", svar_validate(policy, scratch, &c, reply, NEVER, &report, &error));
  c = facebook();
  FAILS(status, "instant", svar_validate(policy, scratch, &c, reply, wrong, &report, &error));
  FAILS(status, "instant", svar_validate(policy, scratch, &c, reply, far, &report, &error));
  FAILS(status, "out-of-range", svar_validate(policy, scratch, &c, reply, half, &report, &error));
  reply.len = (size_t)-1;
  FAILS(status, "out-of-range", svar_validate(policy, scratch, &c, reply, NEVER, &report, &error));
  reply = SVAR_STR("Hi Sam!");

  /* Messages of a newer header: known if they say nothing new. */
  memset(newer, 0, sizeof newer);
  newer[0].message.text = SVAR_STR("It is broken again!!");
  newer[1].message.text = SVAR_STR("We are on it.");
  newer[1].message.from = SVAR_AUTHOR_AGENT;
  c.messages = &newer[0].message;
  c.message_count = 2;
  c.message_size = sizeof newer[0];
  OK(svar_validate(policy, scratch, &c, reply, NEVER, &report, &error));
  svar_report_free(report);
  newer[1].later = newer;
  FAILS(status, "struct-size", svar_validate(policy, scratch, &c, reply, NEVER, &report, &error));
  newer[1].later = NULL;
  newer[1].message.from = 9;
  FAILS(status, "out-of-range", svar_validate(policy, scratch, &c, reply, NEVER, &report, &error));
  c.message_size = 3;
  FAILS(status, "struct-size", svar_validate(policy, scratch, &c, reply, NEVER, &report, &error));
  c.message_size = sizeof(svar_message) + 1;
  FAILS(status, "out-of-range", svar_validate(policy, scratch, &c, reply, NEVER, &report, &error));
  c.message_size = sizeof(svar_message);
  c.message_count = (size_t)-1 / 2;
  FAILS(status, "out-of-range", svar_validate(policy, scratch, &c, reply, NEVER, &report, &error));

  c = facebook();
  c.intent = SVAR_STR("complain");
  FAILS(SVAR_STATUS_REQUEST, "unknown-intent", svar_validate(policy, scratch, &c, reply, NEVER, &report, &error));
  c = facebook();
  OK(svar_validate(policy, scratch, &c, reply, NEVER, &report, &error));
  summary.size = 1;
  FAILS(status, "struct-size", svar_report_summary(report, &summary, &error));
  finding.size = sizeof finding;
  FAILS(status, "out-of-range", svar_report_finding(report, 1000, &finding, &error));
  svar_report_free(report);
}

/* Rules that each ask for one fact, so that a fact that is lost is a finding that is lost. */
#define RULE(name, when) "[rules.'fact." name "']\nwhen = { " when " }\nforbid = { phrases = ['hello'] }\nseverity = 'advice'\nwhy = 'x'\n"
#define FACTS                                                                                                         \
  SVAR_STR("svar = 1\nname = 'facts'\nversion = '1'\nextends = ['svar:care']\nlanguages = ['en']\n"                   \
           RULE("media", "media = true") RULE("consent", "consent = true") RULE("fixed", "fixed = true")              \
           RULE("identified", "identified = true") RULE("investigated", "investigated = true")                        \
           RULE("offered", "offered = true") RULE("told", "told = true") RULE("loss", "loss = true")                  \
           RULE("loss-kind", "loss_kind = 'goods'") RULE("beyond", "beyond_agent = true")                             \
           RULE("fault", "fault = 'ours'") RULE("priority", "priority = 'high'")                                      \
           RULE("severity", "severity = 'critical'") RULE("tag", "tag = 'fibre'") RULE("role", "agent_role = 'manager'"))

/* The struct form says what the JSON form says, whatever is known of a case. */
static void both_forms(svar_scratch *scratch) {
  static const char json_request[] =
      "{\"case\":{\"id\":\"4711\",\"channel\":\"facebook\",\"visibility\":\"public\",\"language\":\"en\",\"messages\":["
      "{\"from\":\"customer\",\"at\":\"2026-11-21T09:30:00+01:00\",\"text\":\"Third time this week!!\",\"visibility\":"
      "\"public\"},{\"from\":\"bot\",\"text\":\"We are on it.\"}],\"events\":[{\"at\":\"2026-11-21T09:30:00+01:00\",\"kind\":"
      "\"tag\",\"value\":\"outage\"},{\"at\":\"2026-11-21T09:30:00+01:00\",\"kind\":\"pause\"}],\"facts\":{\"intent\":"
      "\"complaint\",\"fault\":\"ours\",\"priority\":\"high\",\"severity\":\"critical\",\"loss\":{\"amount\":\"249.50\","
      "\"currency\":\"NOK\"},\"loss_kind\":\"goods\",\"offer\":{\"amount\":\"2500\",\"currency\":\"NOK\"},\"approved_by\":"
      "\"manager\",\"reactions\":12,\"comments\":3,\"shares\":4,\"followers\":5,\"reach\":6,\"population\":7,"
      "\"similar_cases\":8,\"baseline\":{\"reactions_per_hour\":1.5,\"comments_per_hour\":0},\"samples\":[{\"at\":"
      "\"2026-11-21T09:30:00+01:00\",\"reactions\":1,\"comments\":2}],\"media\":true,\"consent\":true,\"identified\":true,"
      "\"investigated\":true,\"offered\":true,\"deadline_passed\":true,\"fixed\":true,\"told\":true,\"complexity\":"
      "\"critical\",\"tags\":[\"vip\",\"fibre\"]},\"customer\":{\"name\":\"Sam\"},\"agent\":{\"name\":\"Jo\",\"role\":"
      "\"manager\",\"training\":[\"complaints\"],\"level\":\"low\"}},\"reply\":\"Hello! You should have read the terms. We "
      "will refund you 2500 kr. Mail me at jo@example.com \\ud83d\\ude43\",\"now\":\"2026-11-21T10:00:00+01:00\"}";
  static const char *const rules[] = {
      "fact.media",   "fact.consent", "fact.fixed",     "fact.identified", "fact.investigated", "fact.offered",
      "fact.told",    "fact.loss",    "fact.loss-kind", "fact.beyond",     "fact.fault",        "fact.priority",
      "fact.severity", "fact.tag",    "fact.role",      "complaint.offer-beyond-reason"};
  svar_policy *policy = NULL;
  svar_error *error = NULL;
  svar_report *report = NULL, *masked = NULL;
  svar_text *plain = NULL, *json = NULL;
  svar_case c = facebook();
  svar_message messages[2];
  svar_event events[2];
  svar_sample sample;
  svar_str document = FACTS, tags[2], training = SVAR_STR("complaints"), a, b;
  svar_instant now = {1795251600, 3600, 1}, earlier = {1795249800, 3600, 1};
  svar_summary summary;
  svar_finding finding;
  size_t at, errors = 0;
  int fixed = 0;
  OK(svar_policy_load(document, &policy, &error));
  memset(messages, 0, sizeof messages);
  messages[0].text = SVAR_STR("Third time this week!!");
  messages[0].at = earlier;
  messages[0].visibility = SVAR_VISIBILITY_PUBLIC;
  messages[1].text = SVAR_STR("We are on it.");
  messages[1].from = SVAR_AUTHOR_BOT;
  memset(events, 0, sizeof events);
  events[0].kind = SVAR_STR("tag");
  events[0].value = SVAR_STR("outage");
  events[0].at = earlier;
  events[1].kind = SVAR_STR("pause");
  events[1].at = earlier;
  sample.at = earlier;
  sample.reactions = 1;
  sample.comments = 2;
  tags[0] = SVAR_STR("vip");
  tags[1] = SVAR_STR("fibre");
  c.visibility = SVAR_VISIBILITY_PUBLIC;
  c.messages = messages;
  c.message_count = 2;
  c.message_size = sizeof messages[0];
  c.intent = SVAR_STR("complaint");
  c.fault = SVAR_FAULT_OURS;
  c.priority = SVAR_LEVEL_HIGH;
  c.severity = SVAR_LEVEL_CRITICAL;
  c.reactions = 12;
  c.comments = 3;
  c.flags = SVAR_FACT_MEDIA + SVAR_FACT_CONSENT + SVAR_FACT_FIXED + SVAR_FACT_IDENTIFIED + SVAR_FACT_INVESTIGATED +
            SVAR_FACT_OFFERED + SVAR_FACT_DEADLINE_PASSED + SVAR_FACT_TOLD;
  c.tags = tags;
  c.tag_count = 2;
  c.customer_name = SVAR_STR("Sam");
  c.agent_name = SVAR_STR("Jo");
  c.agent_role = SVAR_STR("manager");
  c.id = SVAR_STR("4711");
  c.events = events;
  c.event_count = 2;
  c.event_size = sizeof events[0];
  c.loss.minor_units = 24950;
  c.loss.currency = SVAR_STR("NOK");
  c.offer.minor_units = 250000;
  c.offer.currency = SVAR_STR("NOK");
  c.approved_by = SVAR_STR("manager");
  c.training = &training;
  c.training_count = 1;
  c.samples = &sample;
  c.sample_count = 1;
  c.sample_size = sizeof sample;
  c.shares = 4;
  c.followers = 5;
  c.reach = 6;
  c.population = 7;
  c.similar_cases = 8;
  c.usual_reactions = 1500;
  c.loss_kind = SVAR_LOSS_KIND_GOODS;
  c.complexity = SVAR_LEVEL_CRITICAL;
  c.agent_level = SVAR_LEVEL_LOW;
  c.given = SVAR_GIVEN_REACH + SVAR_GIVEN_POPULATION + SVAR_GIVEN_USUAL_REACTIONS + SVAR_GIVEN_USUAL_COMMENTS +
            SVAR_GIVEN_COMPLEXITY + SVAR_GIVEN_AGENT_LEVEL + SVAR_GIVEN_TRAINING;
  OK(svar_validate(policy, scratch, &c,
                   SVAR_STR("Hello! You should have read the terms. We will refund you 2500 kr. Mail me at jo@example.com "
                            "\xf0\x9f\x99\x83"),
                   now, &report, &error));
  OK(svar_report_json(report, &plain, &error));
  OK(svar_ask(policy, scratch, SVAR_STR("validate"), str(json_request), &json, &error));
  OK(svar_text_get(plain, &a, &error));
  OK(svar_text_get(json, &b, &error));
  CHECK(same(a, b));
  for (at = 0; at < sizeof rules / sizeof *rules; at++)
    if (!holds(a, rules[at])) {
      fprintf(stderr, "%s is not found in %.*s\n", rules[at], (int)a.len, a.data);
      exit(1);
    }
  svar_text_free(plain);
  svar_text_free(json);

  /* The largest numbers there are do no harm. */
  c.reactions = c.comments = c.shares = c.followers = c.reach = c.population = c.similar_cases = UINT64_MAX;
  c.usual_reactions = c.usual_comments = sample.reactions = sample.comments = UINT64_MAX;
  svar_report_free(report);
  OK(svar_validate(policy, scratch, &c, SVAR_STR("We will refund you 2500 kr."), now, &report, &error));
  svar_report_free(report);
  c.loss.minor_units = c.offer.minor_units = INT64_MAX;
  FAILS(SVAR_STATUS_REQUEST, "amount",
        svar_validate(policy, scratch, &c, SVAR_STR("We will refund you 2500 kr."), now, &report, &error));

  /* A program of the first version gives a struct that ends before `id`. */
  c.size = offsetof(svar_case, id);
  OK(svar_validate(policy, scratch, &c,
                   SVAR_STR("Hello! You should have read the terms. Mail me at jo@example.com \xf0\x9f\x99\x83"), now,
                   &report, &error));
  OK(svar_report_json(report, &plain, &error));
  OK(svar_text_get(plain, &a, &error));
  CHECK(holds(a, "fact.identified") && !holds(a, "fact.loss") && !holds(a, "fact.beyond"));
  svar_text_free(plain);

  summary.size = sizeof summary;
  OK(svar_report_summary(report, &summary, &error));
  CHECK(summary.verdict == SVAR_VERDICT_FAIL && summary.findings > 1);
  CHECK(summary.findings == summary.errors + summary.warnings + summary.advice);
  CHECK(same(summary.policy_name, SVAR_STR("facts")) && same(summary.policy_version, SVAR_STR("1")));
  for (at = 0; at < summary.findings; at++) {
    memset(&finding, 0x55, sizeof finding);
    finding.size = sizeof finding;
    OK(svar_report_finding(report, at, &finding, &error));
    CHECK(finding.rule.len > 0 && finding.message.len > 0 && finding.why.len > 0);
    errors += finding.severity == SVAR_SEVERITY_ERROR;
    fixed |= finding.fix.data != NULL;
  }
  CHECK(errors == summary.errors && fixed);
  OK(svar_report_masked(report, &masked, &error));
  svar_report_free(report);
  OK(svar_report_json(masked, &plain, &error));
  OK(svar_text_get(plain, &a, &error));
  CHECK(!holds(a, "jo@example.com"));
  svar_text_free(plain);
  svar_report_free(masked);
  svar_policy_free(policy);
}

static void free_null(void) {
  svar_policy_free(NULL);
  svar_policy_builder_free(NULL);
  svar_scratch_free(NULL);
  svar_report_free(NULL);
  svar_text_free(NULL);
  svar_error_free(NULL);
}

/* One policy, many threads. */
struct work {
  svar_policy *policy;
  svar_scratch *scratch; /* shared where it is not NULL */
  svar_str expected;
  long calls;
  long busy;
  int panics;
};

static void *work(void *pointer) {
  struct work *mine = (struct work *)pointer;
  svar_scratch *scratch = mine->scratch != NULL ? mine->scratch : scratch_new();
  svar_error *error = NULL;
  long call;
  for (call = 0; call < mine->calls; call++) {
    svar_text *answer = NULL;
    svar_str text;
    svar_status status = svar_ask(mine->policy, scratch, SVAR_STR("validate"), str(REQUEST), &answer, &error);
    if (status == SVAR_STATUS_BUSY && mine->scratch != NULL) {
      CHECK(answer == NULL && told(&error, SVAR_STATUS_BUSY, "busy"));
      mine->busy++;
      continue;
    }
    CHECK(status == SVAR_STATUS_OK && error == NULL);
    OK(svar_text_get(answer, &text, &error));
    CHECK(same(text, mine->expected));
    svar_text_free(answer);
    if (mine->panics && call % (mine->calls / 4 + 1) == 0)
      FAILS(SVAR_STATUS_PANIC, "panic",
            svar_ask(mine->policy, scratch, SVAR_STR("panic"), SVAR_STR("on purpose"), &answer, &error));
  }
  if (mine->scratch == NULL) svar_scratch_free(scratch);
  return NULL;
}

static void threads(svar_policy *policy, svar_scratch *shared, long calls, int panics) {
  enum { THREADS = 8 };
  pthread_t thread[THREADS];
  struct work jobs[THREADS];
  svar_scratch *own = scratch_new();
  svar_error *error = NULL;
  svar_text *expected = NULL;
  svar_str text;
  int at;
  OK(svar_ask(policy, own, SVAR_STR("validate"), str(REQUEST), &expected, &error));
  OK(svar_text_get(expected, &text, &error));
  for (at = 0; at < THREADS; at++) {
    memset(&jobs[at], 0, sizeof jobs[at]);
    jobs[at].policy = policy;
    jobs[at].scratch = shared;
    jobs[at].expected = text;
    jobs[at].calls = calls;
    jobs[at].panics = panics && at == 0;
    CHECK(pthread_create(&thread[at], NULL, work, &jobs[at]) == 0);
  }
  for (at = 0; at < THREADS; at++) CHECK(pthread_join(thread[at], NULL) == 0);
  svar_text_free(expected);
  svar_scratch_free(own);
}

int main(int count, char **arguments) {
  long calls = count > 1 ? atol(arguments[1]) : 100;
  svar_policy *policy = builtin();
  svar_scratch *scratch = scratch_new();
  versions(policy);
  null_everywhere(policy, scratch);
  misaligned(policy, scratch);
  bad_utf8(policy, scratch);
  nul_inside(policy, scratch);
  error_then_success(policy, scratch);
  places();
  policies(policy, scratch);
  structs(policy, scratch);
  both_forms(scratch);
  free_null();
  threads(policy, NULL, calls, 0);
  threads(policy, scratch, calls / 20 + 1, 0);
#ifdef SVAR_TEST_PANIC
  threads(policy, NULL, calls / 20 + 1, 1);
  null_everywhere(policy, scratch);
#endif
  svar_scratch_free(scratch);
  svar_policy_free(policy);
  return 0;
}
