/** 接続テスト of one client: its own id, secret, redirect URI and scopes, as its app uses them. */

import { StepCards, type TestedStep } from '../explorer/tester.tsx';
import { Card } from '../ui/card.tsx';
import { type AdminContext, usePage } from '../ui/context.ts';
import { Notice } from '../ui/flash.tsx';
import { Choice, CopyBlock, CsrfField, FieldError, FieldRow, GroupRow, Help } from '../ui/form.tsx';
import { clientTabPage, type TabbedClient } from './client-tabs.tsx';

export type TestedGrant = 'authorization_code' | 'client_credentials';

export type ClientTestProps = {
  readonly client: TabbedClient;
  readonly grantTypes: readonly TestedGrant[];
  readonly chosen: TestedGrant;
  /** Null without the authorization code grant. */
  readonly authorizeUrl: string | null;
  /** How the client proves who it is; none for a public one. */
  readonly proof: 'secret' | 'assertion' | 'none';
  readonly problem?: 'returned' | 'proof';
  /** What was typed. */
  readonly returned: string;
};

/** Posts `grant_type`, `returned`, `proof`, `_token` to `paths.clientTest(clientId)`. */
export function clientTestPage(context: AdminContext, props: ClientTestProps): string {
  const { messages, paths } = context;
  const { clientTest: t } = messages;
  const { client, grantTypes, authorizeUrl } = props;
  return clientTabPage(context, {
    client,
    tab: 'connections',
    children: (
      <Card title={t.title}>
        <p>{t.lead}</p>
        <form method="post" action={paths.clientTest(client.clientId)} autocomplete="off">
          <CsrfField />
          {grantTypes.length > 1 ? (
            <GrantRow {...props} />
          ) : (
            <input type="hidden" name="grant_type" value={grantTypes[0]} />
          )}
          {authorizeUrl !== null && <ReturnedRow {...props} url={authorizeUrl} />}
          {props.proof !== 'none' && <ProofRow {...props} />}
          <button type="submit" class="btn btn-ec-conversion px-5">
            {t.run}
          </button>
        </form>
      </Card>
    ),
  });
}

type RowProps = ClientTestProps;

function GrantRow({ grantTypes, chosen }: RowProps) {
  const { messages } = usePage();
  const { clientTest: t } = messages;
  return (
    <GroupRow id="grant_type" label={t.grant}>
      {grantTypes.map((grant) => (
        <Choice
          key={grant}
          type="radio"
          id={`grant-${grant}`}
          name="grant_type"
          value={grant}
          checked={grant === chosen}
          label={messages.form.grantNames[grant]}
        />
      ))}
    </GroupRow>
  );
}

function ReturnedRow({ url, returned, problem }: RowProps & { url: string }) {
  const { clientTest: t } = usePage().messages;
  const wrong = problem === 'returned';
  return (
    <>
      <CopyBlock id="authorize-url" label={t.authorizeUrl} value={url} />
      <p>
        <a class="btn btn-ec-regular" href={url} target="_blank" rel="noopener noreferrer">
          {t.open}
        </a>
      </p>
      <FieldRow id="returned" label={t.returned}>
        <input
          class={wrong ? 'form-control is-invalid' : 'form-control'}
          id="returned"
          name="returned"
          value={returned}
          spellcheck={false}
          autocomplete="off"
          aria-invalid={wrong}
          aria-describedby="returned-error returned-help"
        />
        <FieldError id="returned" text={wrong ? t.returnedWrong : undefined} />
        <Help id="returned">{t.returnedHelp}</Help>
      </FieldRow>
    </>
  );
}

function ProofRow({ proof, problem }: RowProps) {
  const { clientTest: t, fieldErrors } = usePage().messages;
  const wrong = problem === 'proof';
  const secret = proof === 'secret';
  return (
    <FieldRow id="proof" label={secret ? t.secret : t.assertion} required>
      <input
        class={wrong ? 'form-control is-invalid' : 'form-control'}
        type="password"
        id="proof"
        name="proof"
        autocomplete="off"
        aria-invalid={wrong}
        aria-describedby="proof-error proof-help"
      />
      <FieldError id="proof" text={wrong ? fieldErrors.blank : undefined} />
      <Help id="proof">{secret ? t.secretHelp : t.assertionHelp}</Help>
    </FieldRow>
  );
}

export type ClientTestedProps = {
  readonly client: TabbedClient;
  readonly steps: readonly TestedStep[];
  readonly worked: boolean;
};

/** Whether the call of the API, which follows the token's own step, was made. */
const gotToken = (steps: readonly TestedStep[]): boolean => steps.length > 1;

export function clientTestedPage(
  context: AdminContext,
  { client, steps, worked }: ClientTestedProps,
): string {
  const { messages, paths } = context;
  const { clientTest: t, tester } = messages;
  return clientTabPage(context, {
    client,
    tab: 'connections',
    children: (
      <>
        <Notice level={worked ? 'success' : 'danger'}>{worked ? t.worked : tester.failed}</Notice>
        <StepCards steps={steps} />
        <p>
          {tester.maskedHelp} {gotToken(steps) && t.revoked}
        </p>
        <p>
          <a class="btn btn-ec-regular" href={paths.clientTest(client.clientId)}>
            {tester.again}
          </a>{' '}
          <a href={paths.clientTab(client.clientId, 'failures')}>{messages.detail.tabs.failures}</a>
        </p>
      </>
    ),
  });
}
