// Judges a reply and writes another, for the case in a file. Prints what `svar validate` and `svar draft` print:
// SVAR_LIBRARY=… node examples/node/example.js examples/case.json
import { readFileSync } from 'node:fs';
import { Policy } from './svar.js';

const facts = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const reply = 'Hei Jonas! 🙃 Du burde ha lest driftsmeldingene. Hilsen Ida';
const policy = Policy.builtin();

// May we say this?
const report = policy.askJson('validate', JSON.stringify({ case: facts, reply }));
console.log(report);
for (const { rule, message } of JSON.parse(report).findings) console.error(`${rule}: ${message}`);

// What should we say?
console.log(policy.askJson('draft', JSON.stringify({ case: facts })));
