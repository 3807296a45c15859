/**
 * Who sends for the plugin's webhooks changes at one moment. A request of the shop reads them, sends, and commits: so each
 * one has either done so before, or reads what is written here. Needs nothing where the shop has no such table.
 */

import type { Db } from '../database/open.ts';
import { transact } from '../database/transact.ts';
import type { TakeoverDeps } from './deps.ts';
import type { PluginShape } from './plugin-shape.ts';
import { transactFenced } from './store/fenced.ts';

/**
 * `first`: on MySQL two connections commit one after the other; a program that dies just between them leaves both to tell, never
 * neither, until the command is repeated.
 */
export function movingWebhooks<T>(
  { store, openBeside }: TakeoverDeps,
  { webhooks }: PluginShape,
  first: 'table' | 'rest',
  work: (tx: Db, table: Db) => Promise<T>,
): Promise<T> {
  if (!webhooks) return transact(store, (tx) => work(tx, tx));
  return transactFenced(store, { table: 'plg_api_webhook', openBeside, first }, work);
}
