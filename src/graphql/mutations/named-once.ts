/**
 * Gives a mutation what every mutation has: `validateOnly`, which the field itself heeds, and `clientMutationId`. A caller that names a mutation may send it again when it did
 * not hear the response: within 24 hours the same name with the same arguments changes nothing and answers what was
 * answered first (first-results.ts); with other arguments it is refused. The name is kept in the mutation's own transaction, so one that
 * failed may be tried again under the same name. Names belong to the client and to the mutation.
 */
import { sha256Hex } from '../../base/bytes.ts';
import type { Argument, Mutation } from '../mutation.ts';
import { claimName, keepResult } from '../store/client-mutations.ts';
import { invalid } from './arguments.ts';
import { canonical } from './canonical.ts';

const MOST_CHARACTERS = 255;

const CLIENT_MUTATION_ID: Argument = {
  type: 'String',
  description: {
    ja: '再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します',
    en: 'Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given',
  },
};

const VALIDATE_ONLY: Argument = {
  type: 'Boolean',
  default: false,
  description: {
    ja: 'true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します',
    en: 'If true, everything is tried and answered as it would be, and nothing is saved or sent',
  },
};

export function namedOnce(mutation: Mutation): Mutation {
  return {
    ...mutation,
    args: { ...mutation.args, clientMutationId: CLIENT_MUTATION_ID, validateOnly: VALIDATE_ONLY },
    run: async (context, { clientMutationId: id, ...args }) => {
      if (typeof id !== 'string') return mutation.run(context, args);
      if (id === '' || [...id].length > MOST_CHARACTERS) {
        throw invalid('clientMutationId', `Give 1 to ${MOST_CHARACTERS} characters`);
      }
      if (context.validateOnly) return mutation.run(context, args);
      const named = {
        clientId: context.principal.clientId,
        mutation: mutation.name,
        idHash: sha256Hex(id),
      };
      const argsHash = context.nameUse.hashOf(canonical(args));
      const claim = await claimName(context, named, argsHash, context.now);
      if (claim.kind === 'again') {
        if (claim.argsHash !== argsHash) {
          throw invalid('clientMutationId', 'This ID was already used with other arguments');
        }
        context.nameUse.again(named, claim.answer);
        return claim.result;
      }
      const result = await mutation.run(context, args);
      await keepResult(context.db, named, result);
      context.nameUse.first(named);
      return result;
    },
  };
}
