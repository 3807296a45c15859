/** The tax rules of the shop and of its products (`dtb_tax_rule`), and which of them is in force. */
import { sql } from 'kysely';
import type { Db } from '../../database/open.ts';
import type { ShopStore } from '../rows/select.ts';
import { type Key, type Row, Statements } from '../rows/statement.ts';
import { parseDatabaseDate } from '../shop-time.ts';
import type { TaxTerms } from '../tax.ts';

export type TaxRule = TaxTerms & { readonly id: number; readonly appliesFrom: number };

type RawRule = TaxTerms & { id: number; apply_date: string };

const COLUMNS = sql`t.id, t.tax_rate, t.tax_adjust, t.rounding_type_id, t.apply_date`;

/** The shop's own rules for everywhere, the newest first. */
export async function shopTaxRules(db: Db): Promise<TaxRule[]> {
  const { rows } = await sql<RawRule>`select ${COLUMNS} from dtb_tax_rule t
    where t.product_id is null and t.product_class_id is null and t.pref_id is null and t.country_id is null
    order by t.apply_date desc, t.id desc`.execute(db);
  return rows.map(ruleOf);
}

/** The newest rule that applied before a moment, in seconds. */
export const ruleAt = (newestFirst: readonly TaxRule[], at: number): TaxRule | undefined =>
  newestFirst.find(({ appliesFrom }) => appliesFrom < at);

/** Product class → the rule by which its prices are taxed; none where the shop has no rule in force. */
export async function classTaxRules(
  store: ShopStore,
  classIds: readonly Key[],
  now: number,
): Promise<Map<Key, TaxRule>> {
  const [shopRules, isOwn] = await Promise.all([shopTaxRules(store.db), hasOwnRules(store.db)]);
  const own = isOwn ? await ownRules(store, classIds) : new Map<Key, TaxRule[]>();
  const shopRule = ruleAt(shopRules, now);
  return new Map(
    classIds.flatMap((id) => {
      const rule = ruleAt(own.get(id) ?? [], now) ?? shopRule;
      return rule ? [[id, rule] as const] : [];
    }),
  );
}

/** 商品別税率機能. */
async function hasOwnRules(db: Db): Promise<boolean> {
  const { rows } = await sql<{ own: number | boolean }>`
    select option_product_tax_rule as own from dtb_base_info order by id limit 1`.execute(db);
  return Boolean(rows[0]?.own);
}

/** Newest first; of the same moment the class's own before its product's. */
async function ownRules(store: ShopStore, classIds: readonly Key[]): Promise<Map<Key, TaxRule[]>> {
  const everywhere = sql`t.pref_id is null and t.country_id is null`;
  const build = (places: readonly unknown[]) => sql`
    select ${COLUMNS}, c.id as class_id, 1 as of_class from dtb_product_class c
      inner join dtb_tax_rule t on t.product_class_id = c.id and (t.product_id is null or t.product_id = c.product_id)
      where c.id in (${sql.join(places)}) and ${everywhere}
    union all
    select ${COLUMNS}, c.id as class_id, 0 as of_class from dtb_product_class c
      inner join dtb_tax_rule t on t.product_id = c.product_id and t.product_class_id is null
      where c.id in (${sql.join(places)}) and ${everywhere}`;
  const rows = await new Statements(store).runByKeys('own tax rules', build, [], classIds);
  const byClass = Map.groupBy(rows as OwnRow[], ({ class_id }) => class_id);
  return new Map([...byClass].map(([id, rules]) => [id, rules.sort(newestFirst).map(ruleOf)]));
}

type OwnRow = Row & RawRule & { readonly class_id: Key; readonly of_class: number };

const newestFirst = (a: OwnRow, b: OwnRow): number =>
  ruleOf(b).appliesFrom - ruleOf(a).appliesFrom || b.of_class - a.of_class || b.id - a.id;

const ruleOf = ({ id, tax_rate, tax_adjust, rounding_type_id, apply_date }: RawRule): TaxRule => ({
  id,
  tax_rate,
  tax_adjust,
  rounding_type_id,
  appliesFrom: parseDatabaseDate(apply_date) ?? Number.POSITIVE_INFINITY,
});
