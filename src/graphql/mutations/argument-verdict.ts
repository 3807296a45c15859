/** What came of judging arguments, as a value: for a fault that is told beside others instead of ending the mutation. */
import { InvalidArgument } from '../errors.ts';

export type ArgumentVerdict<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: InvalidArgument };

/** Throws what `judge` throws, unless that is an InvalidArgument. */
export function verdictOn<T>(judge: () => T): ArgumentVerdict<T> {
  try {
    return { ok: true, value: judge() };
  } catch (error) {
    return refused(error);
  }
}

/** The same for what reads the database to judge. */
export async function verdictByRows<T>(judge: () => Promise<T>): Promise<ArgumentVerdict<T>> {
  try {
    return { ok: true, value: await judge() };
  } catch (error) {
    return refused(error);
  }
}

function refused(error: unknown): ArgumentVerdict<never> {
  if (error instanceof InvalidArgument) return { ok: false, error };
  throw error;
}
