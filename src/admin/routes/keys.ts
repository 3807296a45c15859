/** 署名鍵: shows the keys that sign access tokens, turns them, clears old ones away. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { retireKeys, rotateKeys, shownKeys } from '../../flow/signing-keys.ts';
import { currentKey, retirable, SIGNING_ALGORITHMS, type SigningAlgorithm } from '../../keys/keyring.ts';
import { formOf } from '../form.ts';
import { keysPage } from '../pages/keys.tsx';
import type { AskPassword } from '../pages/password-again.tsx';
import { redirectWith, sendPage } from '../replies.ts';
import type { AdminKit, MemberVisit } from '../visit.ts';
import { act } from './demands.ts';
import { PageError } from './page-error.ts';
import { actorOf, apiMembersOnly } from './scope.ts';
import { askOf } from './step-up.ts';

export function keyRoutes(app: FastifyInstance, kit: AdminKit): void {
  const { keys, keyRotate, keyRetire } = kit.paths;
  app.get(
    keys,
    apiMembersOnly(kit, (visit, _request, reply) => show(kit, visit, reply)),
  );
  app.post(
    keyRotate,
    act('key.rotate'),
    apiMembersOnly(
      kit,
      (visit, request, reply) => rotate(kit, visit, request, reply),
      (visit, request, reply, ask) => show(kit, visit, reply, { alg: algOf(request), ask }),
    ),
  );
  app.post(
    keyRetire,
    act('key.retire'),
    apiMembersOnly(kit, (visit, request, reply) => retire(kit, visit, request, reply)),
  );
}

type Shown = { readonly alg?: SigningAlgorithm; readonly ask?: AskPassword | undefined };

async function show(kit: AdminKit, visit: MemberVisit, reply: FastifyReply, shown: Shown = {}) {
  const { keyFiles, clock } = kit.deps.signingKeys;
  const keys = keyFiles.keys();
  const { kid, alg } = currentKey(keys);
  const props = {
    keys: shownKeys(keys),
    signing: kid,
    alg: shown.alg ?? alg,
    ask: shown.ask ?? askOf(kit, visit),
    removable: retirable(keys, clock.now()).length,
  };
  return sendPage(reply, keysPage(await visit.admin(visit.session), props));
}

function algOf(request: FastifyRequest): SigningAlgorithm {
  const asked = formOf(request).text('alg');
  const alg = SIGNING_ALGORITHMS.find((each) => each === asked);
  if (alg === undefined) throw new PageError('not_accessible', 400);
  return alg;
}

async function rotate(kit: AdminKit, visit: MemberVisit, request: FastifyRequest, reply: FastifyReply) {
  const wish = { from: formOf(request).text('from'), alg: algOf(request) };
  const turned = await rotateKeys(kit.deps.signingKeys, wish, actorOf(visit.session, request));
  return redirectWith(reply, kit.paths.keys, visit.https, turned ? 'keyRotated' : 'keyRotatedBefore');
}

async function retire(kit: AdminKit, visit: MemberVisit, request: FastifyRequest, reply: FastifyReply) {
  const gone = await retireKeys(kit.deps.signingKeys, actorOf(visit.session, request));
  return redirectWith(reply, kit.paths.keys, visit.https, 'keysRetired', gone.length);
}
