// check_checkpoint FILE KEY: verifies the Ed25519 signature of a checkpoint with Node's own cryptography.
import {createPublicKey, verify} from 'node:crypto';
import {readFileSync} from 'node:fs';

const [file, key] = process.argv.slice(2);
const [name, id, encoded] = key.trim().split(/\+(.{8})\+/s);
const publicKey = createPublicKey({
  // The fixed start of an Ed25519 key in SubjectPublicKeyInfo, then the key without the byte of its kind.
  key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(encoded, 'base64').subarray(1)]),
  format: 'der', type: 'spki',
});
const note = readFileSync(file);
const part = note.lastIndexOf('\n\n') + 1;
const signature = Buffer.from(note.subarray(part).toString().trim().split(' ')[2], 'base64');
const good = signature.subarray(0, 4).toString('hex') === id && verify(null, note.subarray(0, part), publicKey, signature.subarray(4));
console.log(good ? `signed by ${name}` : 'NOT signed');
process.exit(good ? 0 : 1);
