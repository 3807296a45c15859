/** プラグイン一覧, and the pages that ask before the Web API is switched on or off. */

import { StateBadge } from '../clients/clients.tsx';
import { Card } from '../ui/card.tsx';
import { type AdminContext, useMemberPage, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { CsrfField } from '../ui/form.tsx';
import { BackTo, Layout } from '../ui/layout.tsx';
import { ActionsTableHead } from '../ui/table-head.tsx';

export type PluginsProps = {
  readonly version: string;
  /** The shop's database has the tables of EC-CUBE's plugin. */
  readonly hasPlugin: boolean;
};

/** 有効化 and 無効化 lead to the confirmation pages. The context says whether the API is on. */
export function pluginsPage(context: AdminContext, { version, hasPlugin }: PluginsProps): string {
  const { plugins: t, menu } = context.messages;
  return renderPage(
    context,
    <Layout page="plugins">
      <Card title={menu.plugin} flush>
        <table class="table table-sm stacked">
          <caption class="visually-hidden">{t.title}</caption>
          <ActionsTableHead columns={[t.name, t.version, t.state]} />
          <tbody>
            <WebApiRow version={version} />
          </tbody>
        </table>
      </Card>
      {hasPlugin && <TakeoverLink />}
    </Layout>,
  );
}

function TakeoverLink() {
  const { messages, paths } = usePage();
  const { takeover: t } = messages;
  return (
    <Card title={t.linkTitle}>
      <p>{t.lead}</p>
      <a class="btn btn-ec-regular" href={paths.takeover}>
        {t.link}
      </a>
    </Card>
  );
}

function WebApiRow({ version }: Pick<PluginsProps, 'version'>) {
  const { messages, paths, apiEnabled } = useMemberPage();
  const { plugins: t, common } = messages;
  return (
    <tr>
      <th scope="row" data-label={t.name}>
        <div>
          <strong>Web API</strong>
          <div class="field-help">{t.description}</div>
        </div>
      </th>
      <td data-label={t.version}>{version}</td>
      <td data-label={t.state}>
        <StateBadge enabled={apiEnabled} />
      </td>
      <td class="row-actions">
        {apiEnabled && (
          <a class="btn btn-sm btn-ec-regular" href={paths.clients}>
            {t.settings}
          </a>
        )}{' '}
        <a class="btn btn-sm btn-ec-regular" href={apiEnabled ? paths.pluginDisable : paths.pluginEnable}>
          {apiEnabled ? common.disable : common.enable}
        </a>
      </td>
    </tr>
  );
}

export type PluginConfirmProps = { readonly action: 'enable' | 'disable'; readonly callsInDay?: number };

/** Posts `_token` to `paths.pluginEnable` or `paths.pluginDisable`. */
export function pluginConfirmPage(context: AdminContext, { action, callsInDay }: PluginConfirmProps): string {
  const { messages } = context;
  const { plugins: t } = messages;
  return renderPage(
    context,
    <Layout
      page={action === 'enable' ? 'pluginEnable' : 'pluginDisable'}
      bottomBar={<BackTo page="plugins" />}
    >
      <Card title="Web API">
        <p>{t[`${action}Text`]}</p>
        <ul>
          {t[`${action}Effects`].map((effect) => (
            <li key={effect}>{effect}</li>
          ))}
          {callsInDay !== undefined && <li>{context.messages.asks.apiUsedInDay(callsInDay)}</li>}
        </ul>
        <ConfirmForm action={action} />
      </Card>
    </Layout>,
  );
}

function ConfirmForm({ action }: { action: 'enable' | 'disable' }) {
  const { messages, paths } = usePage();
  const { common } = messages;
  const enabling = action === 'enable';
  return (
    <form method="post" action={enabling ? paths.pluginEnable : paths.pluginDisable} class="form-buttons">
      <CsrfField />
      <a class="btn btn-ec-sub" href={paths.plugins}>
        {common.cancel}
      </a>
      <button type="submit" class={enabling ? 'btn btn-ec-conversion' : 'btn btn-ec-delete'}>
        {common[action]}
      </button>
    </form>
  );
}
