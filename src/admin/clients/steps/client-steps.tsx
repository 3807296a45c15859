/** 次の手順 of one client at any time, in curl and in the languages that apps are written in. */

import { Card } from '../../ui/card.tsx';
import { type AdminContext, usePage } from '../../ui/context.ts';
import { Notice } from '../../ui/flash.tsx';
import { CopyBlock } from '../../ui/form.tsx';
import { clientTabPage, type TabbedClient } from '../client-tabs.tsx';
import type { SnippetInput } from './input.ts';
import { LANGUAGES, type Language, speaks } from './languages.ts';
import type { NextStepsInput, OwnStepsInput } from './next-steps.ts';
import { NextStepsCard, OwnStepsCard } from './next-steps-card.tsx';

export type ShownLanguage = 'curl' | Language;

export type ClientStepsProps = {
  readonly client: TabbedClient;
  readonly shown: ShownLanguage;
  /** Null when no ready-made command can do it. */
  readonly steps: NextStepsInput | null;
  readonly own: OwnStepsInput | null;
  readonly snippet: SnippetInput;
  /** The commands hold a placeholder for it. */
  readonly secretHidden: boolean;
};

export function clientStepsPage(context: AdminContext, props: ClientStepsProps): string {
  const { client, shown } = props;
  const { messages, paths } = context;
  const { steps: t } = messages;
  const names = [['curl', 'curl'], ...Object.entries(LANGUAGES).map(([key, { name }]) => [key, name])];
  return clientTabPage(context, {
    client,
    tab: 'steps',
    children: (
      <>
        <nav aria-label={t.languages}>
          <ul class="tabs">
            {names.map(([key = '', name]) => (
              <li key={key}>
                <a
                  href={`${paths.clientTab(client.clientId, 'steps')}?lang=${key}`}
                  aria-current={key === shown ? 'true' : undefined}
                >
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        {shown === 'curl' ? <Commands {...props} /> : <Snippet language={shown} snippet={props.snippet} />}
      </>
    ),
  });
}

function Commands({ steps, own, secretHidden }: ClientStepsProps) {
  const { messages } = usePage();
  const { steps: t } = messages;
  if (steps === null && own === null) return <Notice level="warning">{t.noCurl}</Notice>;
  return (
    <>
      {secretHidden && <Notice level="warning">{t.secretPlaceholder}</Notice>}
      {steps !== null && <NextStepsCard input={steps} />}
      {own !== null && <OwnStepsCard input={own} />}
    </>
  );
}

type SnippetProps = { language: Language; snippet: SnippetInput };

function Snippet({ language, snippet }: SnippetProps) {
  const { messages } = usePage();
  const { steps: t } = messages;
  const { name, write } = LANGUAGES[language];
  if (!speaks(language, snippet)) return <Notice level="warning">{t.notIn(name, snippet.alg)}</Notice>;
  return (
    <Card title={name}>
      <p class="field-help">{t.programs[language]}</p>
      <CopyBlock id="snippet" label={t.program(name)} value={write(snippet)} />
    </Card>
  );
}
