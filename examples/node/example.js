// Judges the request in a file and prints the answer: `SVAR_LIBRARY=… node examples/node/example.js examples/case.json`
import { readFileSync } from 'node:fs';
import { Policy } from './svar.js';

const policy = Policy.builtin();
const answer = policy.askJson('validate', readFileSync(process.argv[2], 'utf8'));
console.log(answer);
for (const { rule, message } of JSON.parse(answer).findings) console.error(`${rule}: ${message}`);
