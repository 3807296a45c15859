/** Whether the Web API is on (プラグイン一覧: 有効化/無効化). Off, `/token`, `/api` and authorize are not found; tokens and clients stay. */

import { recordEvent } from '../audit/events.ts';
import type { Actor } from '../audit/origin.ts';
import type { Clock } from '../base/clock.ts';
import type { Store } from '../database/open.ts';
import { readSetting, writeSetting } from '../database/settings.ts';

const SETTING = 'api_enabled';
const TRUSTED_MS = 1000; // another node's switch shows within this time

export type ApiSwitch = {
  isOn(): Promise<boolean>;
  /** What `isOn` answers without asking the database; undefined: it has to ask. */
  known(): boolean | undefined;
  turn(on: boolean, actor: Actor): Promise<void>;
};

export function apiSwitch(store: Store, clock: Clock): ApiSwitch {
  let last: { on: boolean; atMs: number } | undefined;
  const known = (): boolean | undefined =>
    last && clock.monotonicMs() - last.atMs < TRUSTED_MS ? last.on : undefined;
  return {
    known,
    async isOn() {
      const on = known();
      if (on !== undefined) return on;
      const atMs = clock.monotonicMs();
      last = { on: (await readSetting(store.db, SETTING)) !== '0', atMs };
      return last.on;
    },
    async turn(on, actor) {
      await store.db.transaction().execute(async (tx) => {
        await writeSetting(tx, SETTING, on ? '1' : '0');
        await recordEvent(tx, {
          kind: on ? 'api_enabled' : 'api_disabled',
          occurredAt: clock.now(),
          ...actor,
        });
      });
      last = undefined;
    },
  };
}
