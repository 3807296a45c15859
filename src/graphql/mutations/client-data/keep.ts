/** Keeps what clients say about rows of the shop: judged together, then written together. */
import type { ClientDataEntity } from '../../../shop/client-data.ts';
import {
  type ClientData,
  readClientData,
  replaceClientData,
  rowsThere,
} from '../../../shop/store/client-data.ts';
import { takeShopTurn } from '../../../shop/store/shop-row.ts';
import type { Fault } from '../../errors.ts';
import type { MutationContext } from '../../mutation.ts';
import { faultAt, throwFaults } from '../form-faults.ts';

export type DataChange = {
  readonly place: string;
  /** Where the value is, for faults. */
  readonly at: string;
  readonly rowId: number;
  /** undefined: stays as it is. */
  readonly externalId?: string | null;
  readonly metadata?: string | null;
  /** The external id may belong to another row, which then loses it. */
  readonly move?: boolean;
};

const TAKEN = {
  ja: 'この外部IDは別の行で使われています。move: true で移せます。',
  en: 'Another row has this external ID; move: true moves it.',
} as const;

/** Returns how many rows had it otherwise. Throws InvalidArgument. The shop's row is the turn of those who ask at once. */
export async function keepClientData(
  context: MutationContext,
  entity: ClientDataEntity,
  changes: readonly DataChange[],
): Promise<number> {
  await takeShopTurn(context);
  const namespace = { clientId: context.principal.clientId, entity };
  const rowIds = changes.map(({ rowId }) => rowId);
  const externalIds = changes.flatMap(({ externalId }) => externalId ?? []);
  const [there, own, owners] = [
    await rowsThere(context, entity, rowIds),
    await readClientData(context, namespace, { rowIds }, true),
    await readClientData(context, namespace, { externalIds }, true),
  ];
  const present = new Map([...owners, ...own].map((one) => [one.rowId, one]));
  const living = await rowsThere(context, entity, [...present.keys()]);
  const before = new Map([...present].filter(([id, one]) => living.get(id) === one.createdAt));
  const after = changed(before, there, changes);
  throwFaults([...missing(context, entity, there, changes), ...taken(context, after, changes)]);
  const touched = [...new Set([...present.keys(), ...rowIds])];
  await replaceClientData(context.db, namespace, touched, [...after.values()]);
  return touched.filter((id) => !same(before.get(id), after.get(id))).length;
}

const same = (one: ClientData | undefined, other: ClientData | undefined): boolean =>
  (one?.externalId ?? null) === (other?.externalId ?? null) &&
  (one?.metadata ?? null) === (other?.metadata ?? null);

/** All ids are given up first, so that rows can change theirs among themselves. */
function changed(
  before: ReadonlyMap<number, ClientData>,
  there: ReadonlyMap<number, number>,
  changes: readonly DataChange[],
): Map<number, ClientData> {
  const after = new Map(before);
  for (const { rowId, externalId, metadata } of changes) {
    const old = before.get(rowId);
    after.set(rowId, {
      rowId,
      createdAt: there.get(rowId) ?? 0,
      externalId: externalId === undefined ? (old?.externalId ?? null) : externalId,
      metadata: metadata === undefined ? (old?.metadata ?? null) : metadata,
    });
  }
  for (const { rowId, externalId } of changes.filter(({ move }) => move)) {
    const named = new Set(changes.map((one) => one.rowId));
    for (const other of [...after.values()]) {
      const loses = other.externalId === externalId && other.rowId !== rowId && !named.has(other.rowId);
      if (loses) after.set(other.rowId, { ...other, externalId: null });
    }
  }
  return after;
}

const missing = (
  _context: MutationContext,
  entity: string,
  there: ReadonlyMap<number, number>,
  changes: readonly DataChange[],
): Fault[] =>
  changes
    .filter(({ rowId }) => !there.has(rowId))
    .map(({ place }) => faultAt(place, `No ${entity} found`, 'NOT_FOUND'));

/** What two rows would have afterwards. */
function taken(
  { locale }: MutationContext,
  after: ReadonlyMap<number, ClientData>,
  changes: readonly DataChange[],
): Fault[] {
  const holders = Map.groupBy(after.values(), ({ externalId }) => externalId);
  return changes
    .filter(({ externalId }) => externalId && (holders.get(externalId)?.length ?? 0) > 1)
    .map(({ at }) => faultAt(at, TAKEN[locale]));
}
