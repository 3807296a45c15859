/**
 * One peer as a process of its own. `node serve.mjs PEER FOLDER PORT` serves it; `node serve.mjs PEER FOLDER codes N` prints N codes
 * that a person has approved, one a line, and ends.
 */
import { createServer } from 'node:http';

const [peer, folder, what, count] = process.argv.slice(2);
const { open } = await import(`./${peer}.mjs`);
const { answer, makeCode, database } = open(folder);

if (what === 'codes') {
  const codes = [];
  database.exec('begin immediate');
  while (codes.length < Number(count)) codes.push(await makeCode());
  database.exec('commit');
  process.stdout.write(codes.join('\n'), () => process.exit());
} else serve();

function serve() {
  createServer((request, response) => {
    if (request.url !== '/ready') answer(request, response);
    else response.end('ready');
  }).listen(Number(what), '127.0.0.1');
}
