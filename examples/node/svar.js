/**
 * svar in Node, through koffi: no build step.
 *
 *     import { Policy } from './svar.js';
 *     const policy = Policy.builtin();                       // once
 *     const report = policy.ask('validate', { case: { channel: 'facebook' }, reply: 'Hi!' });
 *
 * The library is found by `SVAR_LIBRARY`. Everything is freed by `close()`, or with its object.
 */
import koffi from 'koffi';

const ABI_VERSION = 1;

const library = koffi.load(process.env.SVAR_LIBRARY ?? 'libsvar.so');
koffi.struct('svar_str', { data: 'const uint8_t *', len: 'size_t' });
for (const kind of ['policy', 'policy_builder', 'scratch', 'text', 'error']) koffi.opaque(`svar_${kind}`);

const calls = Object.fromEntries(
  [
    'uint32_t svar_abi_version()',
    'svar_str svar_version()',
    'uint32_t svar_text_get(const svar_text *text, _Out_ svar_str *out, _Out_ svar_error **error)',
    'uint32_t svar_error_status(const svar_error *error)',
    'uint32_t svar_error_json(const svar_error *error, _Out_ svar_str *out)',
    'uint32_t svar_error_render(const svar_error *error, _Out_ svar_str *out)',
    'uint32_t svar_policy_builtin(_Out_ svar_policy **policy, _Out_ svar_error **error)',
    'uint32_t svar_policy_load(svar_str document, _Out_ svar_policy **policy, _Out_ svar_error **error)',
    'uint32_t svar_policy_name(const svar_policy *policy, _Out_ svar_str *out, _Out_ svar_error **error)',
    'uint32_t svar_policy_version(const svar_policy *policy, _Out_ svar_str *out, _Out_ svar_error **error)',
    'uint32_t svar_policy_print(const svar_policy *policy, _Out_ svar_text **answer, _Out_ svar_error **error)',
    'uint32_t svar_policy_warnings(const svar_policy *policy, _Out_ svar_text **answer, _Out_ svar_error **error)',
    'uint32_t svar_policy_builder_new(_Out_ svar_policy_builder **builder, _Out_ svar_error **error)',
    'uint32_t svar_policy_builder_layer(svar_policy_builder *builder, svar_str name, svar_str document, _Out_ svar_error **error)',
    'uint32_t svar_policy_builder_pack(svar_policy_builder *builder, svar_str name, svar_str document, _Out_ svar_error **error)',
    'uint32_t svar_policy_builder_build(svar_policy_builder *builder, _Out_ svar_policy **policy, _Out_ svar_error **error)',
    'uint32_t svar_policy_builder_check(svar_policy_builder *builder, _Out_ svar_text **answer, _Out_ svar_error **error)',
    'uint32_t svar_scratch_new(_Out_ svar_scratch **scratch, _Out_ svar_error **error)',
    'uint32_t svar_ask(const svar_policy *policy, svar_scratch *scratch, svar_str verb, svar_str request, _Out_ svar_text **answer, _Out_ svar_error **error)',
    'void svar_policy_free(svar_policy *policy)',
    'void svar_policy_builder_free(svar_policy_builder *builder)',
    'void svar_scratch_free(svar_scratch *scratch)',
    'void svar_text_free(svar_text *text)',
    'void svar_error_free(svar_error *error)',
  ].map((prototype) => [/svar_(\w+)\(/.exec(prototype)[1], library.func(prototype)]),
);

if (calls.abi_version() !== ABI_VERSION) {
  throw new Error(`libsvar has ABI version ${calls.abi_version()}, this module knows ${ABI_VERSION}`);
}

/** What became of a call. */
export const Status = Object.freeze({
  OK: 0,
  NULL_ARGUMENT: 1,
  NOT_UTF8: 2,
  BAD_ARGUMENT: 3,
  POLICY: 4,
  REQUEST: 5,
  BUSY: 6,
  PANIC: 7,
});

/** A call that failed. `message` is the whole of it for people, `diagnostics` for programs. */
export class SvarError extends Error {
  constructor(status, handle) {
    const [rendered, json] = [{}, {}];
    calls.error_render(handle, rendered);
    calls.error_json(handle, json);
    super(textOf(rendered));
    this.name = 'SvarError';
    this.status = status;
    const { error, more } = JSON.parse(textOf(json));
    this.diagnostics = [error, ...more];
    calls.error_free(handle);
  }
}

function textOf({ data, len }) {
  const length = Number(len);
  return length === 0 ? '' : Buffer.from(koffi.decode(data, koffi.array('uint8_t', length, 'Typed'))).toString('utf8');
}

/** A text to pass in. An empty one still points somewhere, for NULL would be none. */
function str(text) {
  // UTF-8 has no halves of pairs, and what would stand in for one has another length.
  if (/\p{Surrogate}/u.test(text)) throw new TypeError('half a surrogate pair is no text');
  const data = Buffer.from(`${text}\0`, 'utf8');
  return { data, len: data.length - 1 };
}

function call(name, ...parameters) {
  const error = [null];
  const status = calls[name](...parameters, error);
  if (status !== Status.OK) throw new SvarError(status, error[0]);
}

function make(name, ...parameters) {
  const out = [null];
  call(name, ...parameters, out);
  return out[0];
}

function answer(name, ...parameters) {
  const made = make(name, ...parameters);
  try {
    return borrowed('text_get', made);
  } finally {
    calls.text_free(made);
  }
}

function borrowed(name, handle) {
  const out = {};
  call(name, handle, out);
  return textOf(out);
}

const forgotten = new FinalizationRegistry(({ free, handle }) => free(handle));

/** Something of the library that is freed once. */
class Handle {
  #free;
  constructor(handle, free) {
    this.handle = handle;
    this.#free = free;
    forgotten.register(this, { free, handle }, this);
  }

  /** Frees it now. Nothing can be asked of it afterwards; every call says so. */
  close() {
    if (this.handle === null) return;
    forgotten.unregister(this);
    this.#free(this.handle);
    this.handle = null;
  }
}

let scratch = null;

/** Memory to work in: JavaScript runs in one thread, and each worker loads this module anew. */
function scratchHandle() {
  scratch ??= new Handle(make('scratch_new'), calls.scratch_free);
  return scratch.handle;
}

/** A compiled policy. */
export class Policy extends Handle {
  constructor(handle) {
    super(handle, calls.policy_free);
  }

  /** The policy that ships with svar. */
  static builtin() {
    return new Policy(make('policy_builtin'));
  }

  /** From one TOML or JSON document. */
  static load(document) {
    return new Policy(make('policy_load', str(document)));
  }

  get name() {
    return borrowed('policy_name', this.handle);
  }

  get version() {
    return borrowed('policy_version', this.handle);
  }

  /** The whole policy as one JSON document. */
  print() {
    return answer('policy_print', this.handle);
  }

  /** What is doubtful in its documents. */
  warnings() {
    return JSON.parse(answer('policy_warnings', this.handle));
  }

  /** A request in JSON, an answer in JSON: the verbs and the bytes of the command line. */
  askJson(verb, request) {
    return answer('ask', this.handle, scratchHandle(), str(verb), str(request));
  }

  /** The same with JavaScript's values. */
  ask(verb, request) {
    return JSON.parse(this.askJson(verb, JSON.stringify(request)));
  }
}

/** Collects the documents of a policy, in layers. */
export class PolicyBuilder extends Handle {
  constructor() {
    super(make('policy_builder_new'), calls.policy_builder_free);
  }

  /** A layer on top of those before; `name` is what diagnostics call it. */
  layer(name, document) {
    call('policy_builder_layer', this.handle, str(name), str(document));
    return this;
  }

  /** A document that others can extend by its name. */
  pack(name, document) {
    call('policy_builder_pack', this.handle, str(name), str(document));
    return this;
  }

  /** Reads, merges, checks and compiles everything. */
  build() {
    return new Policy(make('policy_builder_build', this.handle));
  }

  /** Everything there is to say about the documents. */
  check() {
    return JSON.parse(answer('policy_builder_check', this.handle));
  }
}

/** The version of the library. */
export function version() {
  return textOf(calls.version());
}
