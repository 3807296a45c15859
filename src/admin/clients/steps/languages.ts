/** The languages that a client's next steps are shown in beside curl. */
import { csharp } from './csharp.ts';
import type { SnippetInput } from './input.ts';
import { javascript } from './javascript.ts';
import { php } from './php.ts';
import { python } from './python.ts';

export const LANGUAGES = {
  php: { name: 'PHP', write: php },
  python: { name: 'Python', write: python },
  javascript: { name: 'JavaScript', write: javascript },
  csharp: { name: 'C#', write: csharp },
} as const satisfies Record<string, { name: string; write: (input: SnippetInput) => string }>;

export type Language = keyof typeof LANGUAGES;

/** Every language can say it: C# has no EdDSA of its own. */
export const speaks = (language: Language, { auth, alg }: SnippetInput): boolean =>
  !(language === 'csharp' && auth === 'private_key_jwt' && /^Ed/.test(alg));
