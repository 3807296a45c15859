/** All classes that a caller gives for one product, judged together: which axes they lie on, and that none comes twice. */
import { formMessages } from '../../../shop/forms/messages.ts';
import type { Text } from '../../../shop/text.ts';
import type { Fault } from '../../errors.ts';
import type { MutationContext } from '../../mutation.ts';
import { faultAt, fieldPath } from '../form-faults.ts';
import type { ClassMasters } from './class-masters.ts';
import { type ClassChange, ClassReader } from './class-values.ts';
import type { ProductClassValues } from './product-input.ts';

/** The class names of both axes; null: none. */
export type Axes = { readonly first: number | null; readonly second: number | null };

export type ClassPlan = {
  readonly axes: Axes;
  readonly classes: readonly ClassChange[];
  /** Classes that are not named stay as they are. */
  readonly keepsOthers: boolean;
};

export type ClassVerdict =
  | { readonly ok: true; readonly plan: ClassPlan }
  | { readonly ok: false; readonly faults: readonly Fault[] };

export function readClasses(
  context: MutationContext,
  masters: ClassMasters,
  given: readonly ProductClassValues[],
  keepsOthers: boolean,
  place?: string,
): ClassVerdict {
  const list = fieldPath(place, 'classes');
  const readers = given.map((values, i) => new ClassReader(context, masters, `${list}[${i}]`, values));
  const classes = readers.map((reader) => reader.read());
  const faults = readers.flatMap((reader) => reader.faults);
  if (faults.length > 0) return { ok: false, faults };
  const fault = axisFault(masters, classes);
  if (fault) return { ok: false, faults: [faultAt(fault.at ?? list, fault.text[context.locale])] };
  const axes = classes[0] ? axesOf(masters, classes[0]) : NO_AXES;
  return { ok: true, plan: { axes, classes, keepsOthers } };
}

const NO_AXES: Axes = { first: null, second: null };

type Combination = Pick<ClassChange, 'ClassCategory1' | 'ClassCategory2'>;

export const combinationOf = ({ ClassCategory1, ClassCategory2 }: Combination): string =>
  `${ClassCategory1 ?? ''} ${ClassCategory2 ?? ''}`;

export const axesOf = ({ axisOf }: ClassMasters, { ClassCategory1, ClassCategory2 }: Combination): Axes => ({
  first: ClassCategory1 === null ? null : (axisOf.get(ClassCategory1) ?? null),
  second: ClassCategory2 === null ? null : (axisOf.get(ClassCategory2) ?? null),
});

export const sameAxes = (one: Axes, other: Axes): boolean =>
  one.first === other.first && one.second === other.second;

function axisFault(
  masters: ClassMasters,
  classes: readonly ClassChange[],
): { readonly at?: string; readonly text: Text } | undefined {
  const [head] = classes;
  if (!head) return { text: formMessages.notChosen };
  const axes = axesOf(masters, head);
  if (axes.first === null && classes.length > 1) return { text: formMessages.oneClassOnly };
  const seen = new Set<string>();
  for (const one of classes) {
    const own = axesOf(masters, one);
    if (!sameAxes(own, axes)) return { at: one.place, text: formMessages.mixedAxes };
    if (own.first === null ? own.second !== null : own.first === own.second) {
      return { at: fieldPath(one.place, 'class_category_id2'), text: formMessages.sameAxis };
    }
    if (seen.has(combinationOf(one))) return { at: one.place, text: formMessages.sameClass };
    seen.add(combinationOf(one));
  }
  return undefined;
}
