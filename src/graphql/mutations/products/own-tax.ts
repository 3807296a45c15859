/** The tax rate of a product class's own, where the shop has switched such rates on (商品別税率機能). */
import { addRow, deleteRows, lockRows, readRows, updateRows } from '../../../shop/rows/write.ts';
import { parseDatabaseDate } from '../../../shop/shop-time.ts';
import type { MutationContext } from '../../mutation.ts';

type Place = { readonly productId: number; readonly classId: number };

/** Percent; null takes the rate of its own away, undefined leaves it. Returns whether anything was changed. */
export async function writeOwnTax(
  context: MutationContext,
  { productId, classId }: Place,
  rate: number | null | undefined,
): Promise<boolean> {
  if (rate === undefined) return false;
  const where = { ProductClass: classId };
  if (rate === null) return (await deleteRows(context, 'TaxRule', where)) > 0;
  const [row] = await lockRows(context, 'TaxRule', ['id', 'tax_rate'], where);
  if (row && Number(row.tax_rate) === rate) return false;
  if (row) await updateRows(context, 'TaxRule', { id: Number(row.id) }, { tax_rate: rate });
  else {
    await addRow(context, 'TaxRule', {
      ...where,
      Product: productId,
      tax_rate: rate,
      tax_adjust: 0,
      apply_date: context.now,
      RoundingType: await roundingNow(context),
    });
  }
  return true;
}

/** Of the shop's rule in force: the newest that applies already. */
async function roundingNow(context: MutationContext): Promise<number> {
  const shop = { Product: null, ProductClass: null, Country: null, Pref: null };
  const rules = await readRows(context, 'TaxRule', ['apply_date', 'RoundingType'], shop);
  const begun = rules
    .map((rule) => ({
      at: parseDatabaseDate(String(rule.apply_date)) ?? 0,
      rounding: Number(rule.RoundingType),
    }))
    .filter(({ at }) => at <= context.now)
    .sort((a, b) => b.at - a.at);
  return begun[0]?.rounding ?? 1;
}
