/* Judges the request in a file, twice: as JSON, and as plain structs. Prints both answers.
 *
 *   cargo rustc --release --lib --features capi --crate-type cdylib
 *   cc -std=c11 -Iinclude examples/c/example.c -Ltarget/release -lsvar -Wl,-rpath,target/release -o example
 *   ./example examples/case.json */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "svar.h"

/* Says why a call failed, and ends the program. */
static void die(svar_error *error) {
  svar_str text;
  if (svar_error_render(error, &text) == SVAR_STATUS_OK) fprintf(stderr, "%.*s\n", (int)text.len, text.data);
  svar_error_free(error);
  exit(1);
}

static void print(const svar_text *answer) {
  svar_str json;
  svar_error *error = NULL;
  if (svar_text_get(answer, &json, &error) != SVAR_STATUS_OK) die(error);
  printf("%.*s\n", (int)json.len, json.data);
}

int main(int count, char **arguments) {
  static char request[65536];
  svar_policy *policy = NULL;
  svar_scratch *scratch = NULL;
  svar_report *report = NULL;
  svar_text *answer = NULL;
  svar_error *error = NULL;
  FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
  size_t length;
  if (file == NULL) return 2;
  length = fread(request, 1, sizeof request, file);
  fclose(file);

  /* Once, at the start of the program. */
  if (svar_abi_version() != SVAR_ABI_VERSION) return 3;
  if (svar_policy_builtin(&policy, &error) != SVAR_STATUS_OK) die(error);
  /* Once for each thread. */
  if (svar_scratch_new(&scratch, &error) != SVAR_STATUS_OK) die(error);

  /* As JSON: the verbs, requests and answers of the command line. */
  svar_str json = {request, length};
  if (svar_ask(policy, scratch, SVAR_STR("validate"), json, &answer, &error) != SVAR_STATUS_OK) die(error);
  print(answer);
  svar_text_free(answer);

  /* As plain structs. */
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
  svar_str reply = SVAR_STR("Hei Jonas! 🙃 Du burde ha lest driftsmeldingene. Hilsen Ida");
  svar_instant now = {0};
  if (svar_validate(policy, scratch, &conversation, reply, now, &report, &error) != SVAR_STATUS_OK) die(error);

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

  svar_text_free(answer);
  svar_report_free(report);
  svar_scratch_free(scratch);
  svar_policy_free(policy);
  return 0;
}
