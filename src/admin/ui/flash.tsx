/** One message of the page before, and other boxed notices. */

import type { ComponentChildren } from 'preact';
import type { Flash, FlashKey } from '../cookies.ts';
import { usePage } from './context.ts';
import { Icon, type IconName } from './icons.tsx';

export type Level = 'success' | 'warning' | 'danger' | 'info';

const FAILURES: readonly FlashKey[] = [
  'saveFailed',
  'deleteFailed',
  'alreadyDeleted',
  'loginExpired',
  'webhookResumedLate',
  'webhookHostUnknown',
  'takeoverNotDone',
];
const ICONS: Readonly<Record<Level, IconName>> = {
  success: 'check',
  warning: 'warning',
  danger: 'warning',
  info: 'info',
};

export function FlashMessage({ flash }: { flash: Flash }) {
  const { messages } = usePage();
  return (
    <div class={`alert alert-${FAILURES.includes(flash.key) ? 'danger' : 'success'} flash`} role="status">
      <Icon name={FAILURES.includes(flash.key) ? 'warning' : 'check'} />
      <strong>{messages.flash[flash.key](flash.count)}</strong>
      <button type="button" class="btn-close" data-dismiss aria-label={messages.common.close} hidden />
    </div>
  );
}

/** `urgent` is for what just went wrong: screen readers are told at once. */
export function Notice({
  level,
  urgent,
  children,
}: {
  level: Level;
  urgent?: boolean;
  children: ComponentChildren;
}) {
  return (
    <div class={`alert alert-${level} notice`} role={urgent ? 'alert' : undefined}>
      <Icon name={ICONS[level]} />
      <div>{children}</div>
    </div>
  );
}

/** What whoever administers the database has to grant, as the command line says it. */
export function LackedRight({ line, urgent = false }: { line: string; urgent?: boolean }) {
  const { common } = usePage().messages;
  return (
    <Notice level={urgent ? 'danger' : 'warning'} urgent={urgent}>
      <p>{common.lacksRight}</p>
      <p class="mb-0">
        <code class="break-anywhere">{line}</code>
      </p>
    </Notice>
  );
}
