/** A page that asks before an act: what will be, in numbers, and whether it can be taken back. It works without script. */
import type { ComponentChildren } from 'preact';
import type { PageName } from '../pages.ts';
import { Card } from './card.tsx';
import type { AdminContext } from './context.ts';
import { renderPage } from './document.tsx';
import { LackedRight } from './flash.tsx';
import { CsrfField } from './form.tsx';
import { BackLink, Layout } from './layout.tsx';
import { type AskPassword, PasswordAgain } from './password-again.tsx';

export type AskFirstProps = {
  readonly page: PageName;
  readonly question: string;
  /** One sentence or more each: what it ends, how much that is used, the way back. */
  readonly effects: readonly string[];
  readonly action: string;
  readonly hidden?: Readonly<Record<string, string>>;
  readonly submit: string;
  /** In the place of キャンセル, where the act itself is a cancelling. */
  readonly leave?: string;
  /** Where キャンセル and the link at the foot lead. */
  readonly back: { readonly href: string; readonly label: string };
  readonly ask?: AskPassword | undefined;
  /** Why it could not be done just now: what the database user has to be granted. */
  readonly lacks?: string | undefined;
  /** Choices of the act itself. */
  readonly children?: ComponentChildren;
  /** It takes nothing away for good. */
  readonly gentle?: boolean;
};

/** Posts `hidden`, the fields of `children`, `_token`, and `password` when it is asked for, to `action`. */
export function askFirstPage(context: AdminContext, props: AskFirstProps): string {
  const { common } = context.messages;
  const { page, back, ask } = props;
  return renderPage(
    context,
    <Layout page={page} bottomBar={<BackLink href={back.href} label={back.label} />}>
      {props.lacks !== undefined && <LackedRight line={props.lacks} urgent />}
      <Card title={props.question}>
        <ul id="effects">
          {props.effects.map((effect) => (
            <li key={effect}>{effect}</li>
          ))}
        </ul>
        <form method="post" action={props.action} aria-describedby="effects">
          <CsrfField />
          {Object.entries(props.hidden ?? {}).map(([name, value]) => (
            <input type="hidden" name={name} value={value} key={name} />
          ))}
          {props.children}
          <PasswordAgain ask={ask} />
          <div class="form-buttons">
            <a class="btn btn-ec-sub" href={back.href}>
              {props.leave ?? common.cancel}
            </a>
            <button type="submit" class={props.gentle ? 'btn btn-ec-conversion' : 'btn btn-ec-delete'}>
              {props.submit}
            </button>
          </div>
        </form>
      </Card>
    </Layout>,
  );
}
