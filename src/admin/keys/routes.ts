/** 署名鍵: shows the keys that sign access tokens, turns them, clears old ones away. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callsInDay } from '../../oauth/api-use.ts';
import {
  currentKey,
  retirable,
  SIGNING_ALGORITHMS,
  type SigningAlgorithm,
} from '../../oauth/keys/keyring.ts';
import { retireKeys, rotateKeys, shownKeys } from '../../oauth/keys/rotation.ts';
import { EVERYBODY } from '../../oauth/store/api-use.ts';
import { askOf } from '../account/step-up.ts';
import { act } from '../demands.ts';
import { formOf } from '../form.ts';
import { actorOf, apiMembersOnly } from '../guards.ts';
import { PageError } from '../page-error.ts';
import { redirectTo, redirectWith, sendPage } from '../replies.ts';
import { queryOf } from '../request.ts';
import type { AskPassword } from '../ui/password-again.tsx';
import type { AdminKit, MemberVisit } from '../visit.ts';
import { keysPage, retirePage, rotatePage } from './keys.tsx';

export function keyRoutes(app: FastifyInstance, kit: AdminKit): void {
  const { keys, keyRotate, keyRetire } = kit.paths;
  app.get(
    keys,
    apiMembersOnly(kit, (visit, _request, reply) => show(kit, visit, reply)),
  );
  app.get(
    keyRotate,
    apiMembersOnly(kit, (visit, request, reply) =>
      askRotate(kit, visit, reply, queryOf(request).get('alg') ?? '', askOf(kit, visit)),
    ),
  );
  app.post(
    keyRotate,
    act('key.rotate'),
    apiMembersOnly(
      kit,
      (visit, request, reply) => rotate(kit, visit, request, reply),
      (visit, request, reply, ask) => askRotate(kit, visit, reply, algOf(request), ask),
    ),
  );
  app.get(
    keyRetire,
    apiMembersOnly(kit, (visit, _request, reply) => askRetire(kit, visit, reply)),
  );
  app.post(
    keyRetire,
    act('key.retire'),
    apiMembersOnly(kit, (visit, request, reply) => retire(kit, visit, request, reply)),
  );
}

async function show(kit: AdminKit, visit: MemberVisit, reply: FastifyReply) {
  const { keyFiles, clock } = kit.deps.signingKeys;
  const keys = keyFiles.keys();
  const removable = retirable(keys, clock.now()).length;
  const props = { keys: shownKeys(keys), alg: currentKey(keys).alg, removable };
  return sendPage(reply, keysPage(await visit.admin(visit.session), props));
}

async function askRotate(
  kit: AdminKit,
  visit: MemberVisit,
  reply: FastifyReply,
  wanted: string,
  ask: AskPassword | undefined,
) {
  const { kid, alg: usual } = currentKey(kit.deps.signingKeys.keyFiles.keys());
  const alg = SIGNING_ALGORITHMS.find((each) => each === wanted) ?? usual;
  const calls = await callsInDay(kit.deps.token, EVERYBODY);
  const props = { signing: kid, alg, callsInDay: calls, ask };
  return sendPage(reply, rotatePage(await visit.admin(visit.session), props));
}

async function askRetire(kit: AdminKit, visit: MemberVisit, reply: FastifyReply) {
  const { keyFiles, clock } = kit.deps.signingKeys;
  const removable = retirable(keyFiles.keys(), clock.now()).length;
  if (removable === 0) return redirectTo(reply, kit.paths.keys);
  return sendPage(reply, retirePage(await visit.admin(visit.session), { removable }));
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
