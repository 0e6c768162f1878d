/* Judges a reply and writes another, for the case in a file. Prints what `svar validate` and `svar draft` print; what was
 * found is told for people, from plain structs.
 *
 *   cargo rustc --release --lib --features capi --crate-type cdylib
 *   cc -std=c11 -Iinclude examples/c/example.c -Ltarget/release -lsvar -Wl,-rpath,target/release -o example
 *   ./example examples/case.json */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "svar.h"

#define REPLY "Hei Jonas! 🙃 Du burde ha lest driftsmeldingene. Hilsen Ida"

/* Says why a call failed, and ends the program. */
static void die(svar_error *error) {
  svar_str text;
  if (svar_error_render(error, &text) == SVAR_STATUS_OK) fprintf(stderr, "%.*s\n", (int)text.len, text.data);
  svar_error_free(error);
  exit(1);
}

/* Prints an answer, and frees it. */
static void print(svar_text *answer) {
  svar_str json;
  svar_error *error = NULL;
  if (svar_text_get(answer, &json, &error) != SVAR_STATUS_OK) die(error);
  printf("%.*s\n", (int)json.len, json.data);
  svar_text_free(answer);
}

/* As JSON: the verbs, requests and answers of the command line. */
static void ask(const svar_policy *policy, svar_scratch *scratch, svar_str verb, const char *request) {
  svar_str json = {request, strlen(request)};
  svar_text *answer = NULL;
  svar_error *error = NULL;
  if (svar_ask(policy, scratch, verb, json, &answer, &error) != SVAR_STATUS_OK) die(error);
  print(answer);
}

/* As plain structs, without JSON. The report says the same. */
static void judge(const svar_policy *policy, svar_scratch *scratch) {
  svar_message message = {.text = SVAR_STR("Ruteren har blinket rødt siden i går, og ingen svarer på chatten!!"),
                          .from = SVAR_AUTHOR_CUSTOMER};
  svar_case conversation = {.size = sizeof conversation,
                            .channel = SVAR_STR("facebook"),
                            .language = SVAR_STR("nb"),
                            .messages = &message,
                            .message_count = 1,
                            .message_size = sizeof message,
                            .intent = SVAR_STR("complaint"),
                            .agent_name = SVAR_STR("Ida")};
  svar_instant now = {0};
  svar_report *report = NULL;
  svar_text *answer = NULL;
  svar_error *error = NULL;
  if (svar_validate(policy, scratch, &conversation, SVAR_STR(REPLY), now, &report, &error) != SVAR_STATUS_OK) die(error);

  svar_summary summary = {.size = sizeof summary};
  if (svar_report_summary(report, &summary, &error) != SVAR_STATUS_OK) die(error);
  for (size_t at = 0; at < summary.findings; at++) {
    svar_finding finding = {.size = sizeof finding};
    if (svar_report_finding(report, at, &finding, &error) != SVAR_STATUS_OK) die(error);
    fprintf(stderr, "%.*s: %.*s\n", (int)finding.rule.len, finding.rule.data, (int)finding.message.len,
            finding.message.data);
  }
  if (svar_report_json(report, &answer, &error) != SVAR_STATUS_OK) die(error);
  print(answer);
  svar_report_free(report);
}

int main(int count, char **arguments) {
  static char text[16384], request[2 * sizeof text];
  svar_policy *policy = NULL;
  svar_scratch *scratch = NULL;
  svar_error *error = NULL;
  FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
  if (file == NULL) return 2;
  text[fread(text, 1, sizeof text - 1, file)] = '\0';
  fclose(file);

  /* Once, at the start of the program. */
  if (svar_abi_version() != SVAR_ABI_VERSION) return 3;
  if (svar_policy_builtin(&policy, &error) != SVAR_STATUS_OK) die(error);
  /* Once for each thread. */
  if (svar_scratch_new(&scratch, &error) != SVAR_STATUS_OK) die(error);

  /* May we say this? */
  snprintf(request, sizeof request, "{\"case\":%s,\"reply\":\"%s\"}", text, REPLY);
  ask(policy, scratch, SVAR_STR("validate"), request);
  judge(policy, scratch);

  /* What should we say? */
  snprintf(request, sizeof request, "{\"case\":%s}", text);
  ask(policy, scratch, SVAR_STR("draft"), request);

  svar_scratch_free(scratch);
  svar_policy_free(policy);
  return 0;
}
