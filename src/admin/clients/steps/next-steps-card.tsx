/** 次の手順: authorize, exchange, call, refresh, with the client's own values. */

import { Card } from '../../ui/card.tsx';
import { usePage } from '../../ui/context.ts';
import { CopyBlock } from '../../ui/form.tsx';
import { Icon } from '../../ui/icons.tsx';
import { duration } from '../../ui/time.ts';
import { redirectTarget } from '../redirect-target.ts';
import { type NextStepsInput, nextSteps, type OwnStepsInput, ownSteps } from './next-steps.ts';

export function NextStepsCard({ input }: { input: NextStepsInput }) {
  const { messages } = usePage();
  const { steps: t } = messages;
  const steps = nextSteps(input);
  return (
    <Card title={t.title}>
      <p>{t.lead}</p>
      {input.pkce && <p class="field-help">{t.pkceNote}</p>}
      <ol class="steps">
        <li>
          <AuthorizeStep
            url={steps.authorizeUrl}
            host={redirectTarget(input.redirectUri)}
            lifetime={duration(input.codeSeconds, messages)}
          />
        </li>
        <CommandStep
          id="curl-exchange"
          title={t.exchange}
          help={t.exchangeHelp}
          label={t.exchangeCommand}
          command={steps.exchange}
        />
        <CommandStep
          id="curl-api"
          title={t.call}
          help={t.callHelp}
          label={t.callCommand}
          command={steps.call}
        />
        {steps.refresh !== null && (
          <CommandStep
            id="curl-refresh"
            title={t.refresh}
            help={t.refreshHelp}
            label={t.refreshCommand}
            command={steps.refresh}
          />
        )}
      </ol>
    </Card>
  );
}

/** A client that acts as itself. */
export function OwnStepsCard({ input }: { input: OwnStepsInput }) {
  const { steps: t } = usePage().messages;
  const steps = ownSteps(input);
  return (
    <Card title={t.ownTitle}>
      <ol class="steps">
        <CommandStep
          id="curl-own"
          title={t.ownExchange}
          help={t.ownHelp}
          label={t.ownCommand}
          command={steps.exchange}
        />
        <CommandStep
          id="curl-own-api"
          title={t.ownCall}
          help={t.ownCallHelp}
          label={t.ownCallCommand}
          command={steps.call}
        />
      </ol>
    </Card>
  );
}

type AuthorizeStepProps = { url: string; host: string; lifetime: string };

function AuthorizeStep({ url, host, lifetime }: AuthorizeStepProps) {
  const { steps: t } = usePage().messages;
  return (
    <>
      <h4>{t.authorize}</h4>
      <p class="field-help">{t.authorizeHelp(host, lifetime)}</p>
      <CopyBlock id="authorize-url" label={t.authorizeUrl} value={url} />
      <a class="btn btn-ec-regular" href={url} target="_blank" rel="noopener noreferrer">
        {t.openAuthorize} <Icon name="external" />
      </a>
    </>
  );
}

type CommandStepProps = {
  id: string;
  title: string;
  help: string;
  label: string;
  command: string;
};

function CommandStep({ id, title, help, label, command }: CommandStepProps) {
  return (
    <li>
      <h4>{title}</h4>
      <p class="field-help">{help}</p>
      <CopyBlock id={id} label={label} value={command} />
    </li>
  );
}
