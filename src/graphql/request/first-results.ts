/**
 * The first response to a mutation that its caller has named, kept for the caller that did not hear it: a repetition of the
 * same request is answered word for word as the first time, whatever has been written since. What was asked with other
 * fields is read from the rows as they are now.
 *
 * Responses hold what was asked for, personal data included: they are sealed, and pruned with their names after 24 hours.
 */
import { type ExecutionArgs, type ExecutionResult, Kind, print } from 'graphql';
import { hmacBase64url, sha256Hex } from '../../base/bytes.ts';
import { seal, unseal } from '../../base/encryption.ts';
import type { Db } from '../../database/open.ts';
import { canonical } from '../mutations/canonical.ts';
import { keepSealedResult, type NamedMutation } from '../store/client-mutations.ts';

const MOST_CHARACTERS = 1_000_000; // of a response that is kept

/** What a field of a mutation says about its name. */
export type NameUse = {
  /** Of the arguments that came with it. Keyed, because there may be a password among them. */
  hashOf(args: string): string;
  /** The name was taken just now. */
  first(named: NamedMutation): void;
  /** The name was taken before; `sealed` is what was kept of the response. */
  again(named: NamedMutation, sealed: string | null): void;
};

type Use = { readonly named: NamedMutation; readonly sealed: string | null | undefined };

type Kept = { readonly request: string; readonly data: unknown };

export class FirstResults {
  readonly #db: Db;
  readonly #key: Uint8Array;
  /** Response key → its name. */
  readonly #uses = new Map<string, Use>();

  constructor(db: Db, key: Uint8Array) {
    this.#db = db;
    this.#key = key;
  }

  at(responseKey: string): NameUse {
    return {
      hashOf: (args) => hmacBase64url(this.#key, `arguments ${args}`),
      first: (named) => this.#uses.set(responseKey, { named, sealed: undefined }),
      again: (named, sealed) => this.#uses.set(responseKey, { named, sealed }),
    };
  }

  /** Keeps what was answered first, and puts it in place of what a repetition has read. */
  async settle(args: ExecutionArgs, result: ExecutionResult): Promise<ExecutionResult> {
    if (this.#uses.size === 0 || !result.data) return result;
    let settled = result;
    const asked = askedOf(args);
    for (const [responseKey, { named, sealed }] of this.#uses) {
      const request = sha256Hex(`${asked}\n${responseKey}`);
      if (sealed === undefined) await this.#keep(named, { request, data: result.data[responseKey] });
      const kept = sealed ? this.#open(named, sealed) : undefined;
      if (kept?.request === request) settled = withResult(settled, responseKey, kept.data);
    }
    return settled;
  }

  /** A field that failed after its commit has no answer worth keeping. */
  async #keep(named: NamedMutation, kept: Kept): Promise<void> {
    if (kept.data === undefined || kept.data === null) return;
    const text = JSON.stringify(kept);
    if (text.length > MOST_CHARACTERS) return;
    // The mutation is done whatever becomes of this: what cannot be kept is read from the rows when it is asked for again.
    await keepSealedResult(this.#db, named, seal(this.#key, placeOf(named), text)).catch(() => undefined);
  }

  #open(named: NamedMutation, sealed: string): Kept | undefined {
    try {
      return JSON.parse(unseal(this.#key, placeOf(named), sealed)) as Kept;
    } catch {
      return undefined; // sealed with a key that is gone: the rows are read as they are now
    }
  }
}

const placeOf = ({ clientId, mutation, idHash }: NamedMutation): string =>
  `first answer ${clientId} ${mutation} ${idHash}`;

/**
 * The same for the same document, variables and operation, whatever blanks it was written with. Variables that the
 * document does not declare ask for nothing, and they are not measured.
 */
function askedOf({ document, variableValues, operationName }: ExecutionArgs): string {
  const given = variableValues ?? {};
  const declared = document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? (definition.variableDefinitions ?? []) : [],
  );
  const names = declared
    .map(({ variable }) => variable.name.value)
    .filter((name) => Object.hasOwn(given, name));
  const variables = Object.fromEntries(names.map((name) => [name, given[name]]));
  return sha256Hex([print(document), canonical(variables), operationName ?? ''].join('\n'));
}

function withResult(result: ExecutionResult, responseKey: string, data: unknown): ExecutionResult {
  const errors = result.errors?.filter(({ path }) => path?.[0] !== responseKey) ?? [];
  return {
    ...(errors.length > 0 && { errors }),
    data: { ...result.data, [responseKey]: data },
  };
}
