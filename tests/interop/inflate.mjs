// Inflates a gzip file as a browser does; prints the number of bytes and their SHA-256.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

const packed = new Blob([await readFile(process.argv[2])]);
const hash = createHash('sha256');
let bytes = 0;
for await (const part of packed.stream().pipeThrough(new DecompressionStream('gzip'))) {
  hash.update(part);
  bytes += part.length;
}
console.log(bytes, hash.digest('hex'));
