/** 署名鍵: shows the keys that sign access tokens, turns them, clears old ones away. */
import { callsInDay } from '../../oauth/api-use.ts';
import {
  currentKey,
  retirable,
  SIGNING_ALGORITHMS,
  type SigningAlgorithm,
} from '../../oauth/keys/keyring.ts';
import { removeKey, retireKeys, rotateKeys, shownKeys } from '../../oauth/keys/rotation.ts';
import { EVERYBODY } from '../../oauth/store/api-use.ts';
import { countTokensSigned } from '../../oauth/store/signed-tokens.ts';
import { askOf } from '../account/step-up.ts';
import { actorOf, type Exchange, type MemberExchange, memberPage } from '../exchange.ts';
import { formOf } from '../form.ts';
import { PageError } from '../page-error.ts';
import type { PageRoutes } from '../page-routes.ts';
import { redirectTo, redirectWith, sendPage } from '../replies.ts';
import { queryOf } from '../request.ts';
import type { AskPassword } from '../ui/password-again.tsx';
import { keysPage, retireNowPage, retirePage, rotatePage } from './keys.tsx';

export function keyRoutes({ page, act }: PageRoutes): void {
  page('keys', show);
  page('keyRotate', (exchange) => askRotate(exchange, queryOf(exchange).get('alg') ?? '', askOf(exchange)));
  act('key.rotate', 'keyRotate', rotate, {
    ask: (exchange, ask) => askRotate(exchange, algOf(exchange), ask),
  });
  page('keyRetire', askRetire);
  act('key.retire', 'keyRetire', retire);
  page('keyRetireNow', (exchange) => askRetireNow(exchange, askOf(exchange)));
  act('key.retireNow', 'keyRetireNow', retireNow, { ask: askRetireNow });
}

async function show(exchange: MemberExchange) {
  const { kit } = exchange;
  const { keyFiles, clock } = kit.deps.signingKeys;
  const keys = keyFiles.keys();
  const removable = retirable(keys, clock.now()).length;
  const props = { keys: shownKeys(keys), alg: currentKey(keys).alg, removable };
  return sendPage(exchange, keysPage(await memberPage(exchange), props));
}

async function askRotate(exchange: MemberExchange, wanted: string, ask: AskPassword | undefined) {
  const { kit } = exchange;
  const { kid, alg: usual } = currentKey(kit.deps.signingKeys.keyFiles.keys());
  const alg = SIGNING_ALGORITHMS.find((each) => each === wanted) ?? usual;
  const calls = await callsInDay(kit.deps.token, EVERYBODY);
  const props = { signing: kid, alg, callsInDay: calls, ask };
  return sendPage(exchange, rotatePage(await memberPage(exchange), props));
}

async function askRetire(exchange: MemberExchange) {
  const { kit } = exchange;
  const { keyFiles, clock } = kit.deps.signingKeys;
  const removable = retirable(keyFiles.keys(), clock.now()).length;
  if (removable === 0) return redirectTo(exchange, kit.paths.keys);
  return sendPage(exchange, retirePage(await memberPage(exchange), { removable }));
}

function algOf(exchange: Exchange): SigningAlgorithm {
  const asked = formOf(exchange).text('alg');
  const alg = SIGNING_ALGORITHMS.find((each) => each === asked);
  if (alg === undefined) throw new PageError('not_accessible', 400);
  return alg;
}

async function rotate(exchange: MemberExchange) {
  const { kit } = exchange;
  const wish = { from: formOf(exchange).text('from'), alg: algOf(exchange) };
  const turned = await rotateKeys(kit.deps.signingKeys, wish, actorOf(exchange));
  return redirectWith(exchange, kit.paths.keys, turned ? 'keyRotated' : 'keyRotatedBefore');
}

async function retire(exchange: MemberExchange) {
  const { kit } = exchange;
  const gone = await retireKeys(kit.deps.signingKeys, actorOf(exchange));
  return redirectWith(exchange, kit.paths.keys, 'keysRetired', gone.length);
}

const kidIn = ({ request }: MemberExchange): string => (request.params as { kid: string }).kid;

async function askRetireNow(exchange: MemberExchange, ask: AskPassword | undefined) {
  const { signingKeys, token } = exchange.kit.deps;
  const key = signingKeys.keyFiles.keys().find(({ kid }) => kid === kidIn(exchange));
  if (key === undefined) throw new PageError('not_found', 404);
  const props = {
    kid: key.kid,
    state: key.state,
    liveTokens: await countTokensSigned(signingKeys.store.db, key, signingKeys.clock.now()),
    callsInDay: await callsInDay(token, EVERYBODY),
    ask,
  };
  return sendPage(exchange, retireNowPage(await memberPage(exchange), props));
}

async function retireNow(exchange: MemberExchange) {
  const { deps, paths } = exchange.kit;
  const gone = await removeKey(deps.signingKeys, kidIn(exchange), actorOf(exchange));
  return redirectWith(exchange, paths.keys, gone ? 'keyRetiredNow' : 'alreadyDeleted');
}
