import assert from 'node:assert/strict';
import test from 'node:test';
import { Policy, PolicyBuilder, Status, SvarError, version } from './svar.js';

const request = { case: { channel: 'facebook', language: 'en' }, reply: 'You should have read the terms. 🙃' };

test('judges', () => {
  const policy = Policy.builtin();
  const report = policy.ask('validate', request);
  assert.equal(report.verdict, 'fail');
  const blame = report.findings.find(({ rule }) => rule === 'tone.blame');
  assert.equal(Buffer.from(request.reply).subarray(blame.start, blame.end).toString().slice(0, 3), 'You');
  assert.equal(policy.ask('read', { text: 'a\0b' }).length.bytes, 3);
  assert.equal(policy.askJson('validate', JSON.stringify(request)), JSON.stringify(report));
  for (let call = 0; call < 500; call++) policy.askJson('read', '{"text":"We are sorry."}');
  policy.close();
});

test('tells what is wrong', () => {
  const policy = Policy.builtin();
  const fails = (status, code, call) =>
    assert.throws(call, (error) => error instanceof SvarError && error.status === status && error.diagnostics[0].code === code);
  fails(Status.REQUEST, 'syntax', () => policy.askJson('validate', '{'));
  fails(Status.REQUEST, 'syntax', () => policy.askJson('validate', ''));
  fails(Status.BAD_ARGUMENT, 'unknown-value', () => policy.askJson('validte', '{}'));
  fails(Status.REQUEST, 'unknown-channel', () => policy.ask('validate', { case: { channel: 'facebok' }, reply: '' }));
  fails(Status.POLICY, 'missing-key', () => Policy.load('svar = 1\n'));
  assert.throws(() => policy.askJson('read', '{"text": "\ud83d"}'), TypeError);
  assert.equal(policy.ask('validate', request).verdict, 'fail');
  policy.close();
  policy.close();
  fails(Status.NULL_ARGUMENT, 'null-argument', () => policy.name);
});

test('layers', () => {
  const builder = new PolicyBuilder();
  builder.pack('acme:tone', "svar = 1\nname = 'acme:tone'\n[rules.'tone.blame']\noff = true\n");
  builder.layer('ours.toml', "svar = 1\nname = 'ours'\nversion = '3'\nextends = ['svar:care', 'acme:tone']\nlanguages = ['en']\n");
  assert.deepEqual(builder.check(), []);
  const policy = builder.build();
  builder.close();
  assert.deepEqual([policy.name, policy.version, policy.warnings()], ['ours', '3', []]);
  assert.equal(Policy.load(policy.print()).print(), policy.print());
  assert.ok(!policy.askJson('validate', JSON.stringify(request)).includes('tone.blame'));
  assert.match(version(), /^\d+\.\d+\.\d+/);
});
