/* Answers lines: `lines VERB < requests` prints what `svar VERB --jsonl` prints. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "svar.h"

static char *line_of(FILE *file, size_t *length) {
  size_t room = 256;
  char *line = (char *)malloc(room);
  int byte;
  *length = 0;
  while (line != NULL && (byte = getc(file)) != EOF && byte != '\n') {
    if (*length + 1 == room) {
      char *longer = (char *)realloc(line, room *= 2);
      if (longer == NULL) free(line);
      line = longer;
      if (line == NULL) return NULL;
    }
    line[(*length)++] = (char)byte;
  }
  if (line != NULL && *length == 0 && feof(file)) {
    free(line);
    return NULL;
  }
  return line;
}

int main(int count, char **arguments) {
  svar_policy *policy = NULL;
  svar_scratch *scratch = NULL;
  char *line;
  size_t length;
  if (count != 2 || svar_policy_builtin(&policy, NULL) != SVAR_STATUS_OK ||
      svar_scratch_new(&scratch, NULL) != SVAR_STATUS_OK)
    return 2;
  while ((line = line_of(stdin, &length)) != NULL) {
    svar_text *answer = NULL;
    svar_error *error = NULL;
    svar_str verb, request, out;
    verb.data = arguments[1];
    verb.len = strlen(arguments[1]);
    request.data = line;
    request.len = length;
    out.data = NULL;
    out.len = 0;
    if (svar_ask(policy, scratch, verb, request, &answer, &error) == SVAR_STATUS_OK) {
      if (svar_text_get(answer, &out, NULL) != SVAR_STATUS_OK) return 2;
    } else if (svar_error_json(error, &out) != SVAR_STATUS_OK) {
      return 2;
    }
    fwrite(out.data, 1, out.len, stdout);
    putchar('\n');
    svar_text_free(answer);
    svar_error_free(error);
    free(line);
  }
  svar_scratch_free(scratch);
  svar_policy_free(policy);
  return 0;
}
