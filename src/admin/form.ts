/** What a form sent. Fields that come more than once are lists; anything else is text, trimmed of nothing. */
import type { FastifyRequest } from 'fastify';

export type Form = {
  /** The field's text; '' when it is absent. */
  text(name: string): string;
  all(name: string): string[];
  /** Every field as it came, in order. */
  entries(): [name: string, value: string][];
};

export function formOf({ request }: { readonly request: FastifyRequest }): Form {
  const fields = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
  return {
    text: (name) => fields.get(name) ?? '',
    all: (name) => fields.getAll(name),
    entries: () => [...fields],
  };
}
