/** A process that only delivers, until it is killed. argv: database URL, limits as JSON. */
import { systemClock } from '../../../src/base/clock.ts';
import { openStore } from '../../../src/database/open.ts';
import type { WebhookLimits } from '../../../src/webhook/limits.ts';
import { startWebhookWorker } from '../../../src/webhook/worker.ts';
import { webhookDeps } from './deps.ts';

const [url = '', limits = '{}'] = process.argv.slice(2);
const deps = webhookDeps(openStore(url), systemClock, JSON.parse(limits) as Partial<WebhookLimits>);
startWebhookWorker({ ...deps, random: Math.random });
process.stdout.write('ready\n');
