/** Probes of `tegata doctor --from-outside`: what the world gets at every address that must lead here. */
import { healthPathOf } from '../../app/config/addresses.ts';
import type { Config } from '../../app/config/config.ts';
import { wellKnownUrl } from '../../oauth/rules/metadata.ts';
import { apiResource } from '../../oauth/rules/resource.ts';
import { type Finding, fault, note, ok, warning } from './finding.ts';
import {
  ask,
  isPage,
  jsonOf,
  type OutsideAnswer,
  type OutsideResult,
  sayWhose,
  told,
  whoseAnswer,
} from './outside-answers.ts';

/** `fits`: true, or what is wrong with an answer that is Tegata's. */
type Probe = {
  readonly name: string;
  readonly url: string;
  readonly init?: RequestInit;
  readonly fits: (answer: OutsideAnswer) => true | { readonly says: string; readonly todo: string };
};

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const NO_TOKEN = 'tegata-doctor-asks';

export async function outsideFindings(config: Config): Promise<Finding[]> {
  const found = await Promise.all([...probes(config).map(judged), assetsFinding(config)]);
  return [...found, await neighbourFinding(config)];
}

function probes(config: Config): Probe[] {
  const { publicUrl, adminRoute, pagesPath } = config;
  const endpoint = (path: string): Probe => ({
    name: path,
    url: `${publicUrl}${path}`,
    init: { method: 'POST', headers: FORM, body: '' },
    fits: (answer) => (jsonOf(answer)?.error === undefined ? unexpected(answer) : true),
  });
  const page = (path: string): Probe => ({ name: path, url: `${publicUrl}${path}`, fits: pageFits(config) });
  return [
    ...documentProbes(publicUrl),
    endpoint('/token'),
    endpoint('/revoke'),
    endpoint('/introspect'),
    apiProbe(publicUrl),
    page(`/${adminRoute}/authorize`),
    page(`/${adminRoute}/api/oauth`),
    page(`/${adminRoute}/api/webhook`),
    page(`${pagesPath}/login`),
    {
      name: 'health',
      url: `${publicUrl}${healthPathOf(config)}`,
      fits: (answer) => (jsonOf(answer)?.status === 'ok' ? true : unexpected(answer)),
    },
  ];
}

function documentProbes(publicUrl: string): Probe[] {
  const document = (url: string, member: string, wanted: string): Probe => ({
    name: new URL(url).pathname,
    url,
    fits: (answer) => {
      const value = jsonOf(answer)?.[member];
      if (value === wanted) return true;
      return {
        says: `names ${JSON.stringify(value)} as ${member}, not ${wanted}`,
        todo: 'give the running program and this command the same PUBLIC_URL',
      };
    },
  });
  const keys: Probe = {
    name: '/.well-known/jwks.json',
    url: `${publicUrl}/.well-known/jwks.json`,
    fits: (answer) => (Array.isArray(jsonOf(answer)?.keys) ? true : unexpected(answer)),
  };
  const resource = apiResource(publicUrl);
  return [
    document(wellKnownUrl('oauth-authorization-server', publicUrl), 'issuer', publicUrl),
    document(wellKnownUrl('oauth-protected-resource', resource), 'resource', resource),
    keys,
  ];
}

const apiProbe = (publicUrl: string): Probe => ({
  name: '/api',
  url: apiResource(publicUrl),
  init: { headers: { authorization: `Bearer ${NO_TOKEN}` } },
  fits: ({ headers }) => {
    if (headers.get('www-authenticate')?.includes('error="invalid_token"')) return true;
    return {
      says: 'the header Authorization does not arrive, so no access token does',
      todo: 'let the proxy pass it on (CGI, FastCGI and .htaccess rewrites drop it: use mod_proxy)',
    };
  },
});

/** A page, or the way to one that lies below `TEGATA_PATH` and not at an address of EC-CUBE's. */
const pageFits =
  ({ basePath, pagesPath }: Config) =>
  (answer: OutsideAnswer): ReturnType<Probe['fits']> => {
    const location = answer.headers.get('location');
    if (location === null) return isPage(answer) ? true : unexpected(answer);
    if (location.startsWith(`${basePath}${pagesPath}`)) return true;
    return {
      says: `leads on to ${location}, which is not below ${basePath}${pagesPath}`,
      todo: 'give the running program and this command the same PUBLIC_URL and TEGATA_PATH, and let no proxy rewrite Location',
    };
  };

const unexpected = ({ status }: OutsideAnswer) => ({
  says: `answers ${status} in an unexpected form`,
  todo: 'see the log of the running program for this request',
});

async function judged(probe: Probe): Promise<Finding> {
  const asked = await ask(probe.url, probe.init);
  const refused = refusal(probe.name, probe.url, asked);
  if (refused) return refused;
  const verdict = probe.fits(asked as OutsideAnswer);
  if (verdict === true) return ok(probe.name, `Tegata (${(asked as OutsideAnswer).status})`);
  return fault(probe.name, `Tegata ${verdict.says}`, verdict.todo);
}

/** A fault when the answer is not Tegata's. */
function refusal(name: string, url: string, asked: OutsideResult): Finding | undefined {
  const whose = whoseAnswer(asked);
  if (whose === 'tegata') return undefined;
  const { says, todo } = sayWhose(whose, asked, new URL(url).pathname);
  return fault(name, says, todo);
}

/** Style sheets are the first to be taken by a web server's rule for files. */
async function assetsFinding({ publicUrl, pagesPath }: Config): Promise<Finding> {
  const name = 'assets';
  const page = await ask(`${publicUrl}${pagesPath}/login`);
  const path = told(page).match(/href="([^"]+\/tegata\.css)"/)?.[1];
  if (path === undefined)
    return warning(name, 'not asked, since there is no login page', 'mend the login page first');
  const { href } = new URL(path, publicUrl);
  const asked = await ask(href);
  if ('status' in asked && asked.status === 200 && asked.headers.get('content-type')?.startsWith('text/css'))
    return ok(name, `Tegata (${asked.status})`);
  const { says, todo } = sayWhose(whoseAnswer(asked), asked, path);
  return fault(name, says, todo);
}

/** Answerer the rest of the host name is: nothing to mend, but the first thing to know. */
async function neighbourFinding({ publicUrl }: Config): Promise<Finding> {
  const asked = await ask(`${new URL(publicUrl).origin}/`);
  switch (whoseAnswer(asked)) {
    case 'tegata':
      return note('host name', 'Tegata’s own: / comes from Tegata');
    case 'eccube':
      return note('host name', 'shared: / comes from EC-CUBE');
    default:
      return note(
        'host name',
        `shared: / comes ${'status' in asked ? `from another program (${asked.status})` : `from none (${asked.failure})`}`,
      );
  }
}
