/** Keeps a PostgreSQL and a MariaDB up for working on tests: prints the variables to export and waits for Ctrl-C. */
import { once } from 'node:events';
import { startServers } from './servers/both.ts';

const servers = await startServers();
for (const failure of servers.failures) console.error(failure);
for (const [name, value] of Object.entries(servers.env)) console.log(`export ${name}='${value}'`);

const keepAlive = setInterval(() => {}, 60_000);
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
clearInterval(keepAlive);
await servers.stop();
