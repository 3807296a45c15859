/** Form rows: label, help, control, error; read-only fields to copy from; the CSRF field. */

import type { ComponentChildren } from 'preact';
import { usePage } from './context.ts';
import { Icon } from './icons.tsx';

export function CsrfField() {
  const context = usePage();
  return <input type="hidden" name="_token" value={context.csrfToken} />;
}

type RowProps = {
  id: string;
  label: string;
  required?: boolean;
  children: ComponentChildren;
};

/** A labelled row around one control whose id is `id`. */
export function FieldRow({ id, label, required, children }: RowProps) {
  return (
    <div class="form-row">
      <div class="form-row-label">
        <label for={id}>{label}</label>
        {required && <RequiredBadge />}
      </div>
      <div class="form-row-control">{children}</div>
    </div>
  );
}

/** A labelled row around several controls: check boxes or radio buttons. */
export function GroupRow({ id, label, required, children }: RowProps) {
  return (
    <fieldset class="form-row" id={id} aria-describedby={`${id}-help ${id}-error`}>
      <legend class="form-row-label">
        {label}
        {required && <RequiredBadge />}
      </legend>
      <div class="form-row-control">{children}</div>
    </fieldset>
  );
}

function RequiredBadge() {
  const { messages } = usePage();
  return <span class="badge badge-required">{messages.common.required}</span>;
}

export function Help({ id, children }: { id: string; children: ComponentChildren }) {
  return (
    <p class="field-help" id={`${id}-help`}>
      {children}
    </p>
  );
}

/** The error text of the control `id`. It is there when empty, too, so that `aria-describedby` always has its target. */
export function FieldError({ id, text }: { id: string; text: string | undefined }) {
  return (
    <div id={`${id}-error`} class="field-error">
      {text !== undefined && <ErrorLine>{text}</ErrorLine>}
    </div>
  );
}

export function ErrorLine({ children }: { children: ComponentChildren }) {
  const { messages } = usePage();
  return (
    <p class="form-error-message">
      <span class="badge badge-error">{messages.common.error}</span> {children}
    </p>
  );
}

type ChoiceProps = {
  type: 'checkbox' | 'radio';
  id: string;
  name: string;
  value: string;
  checked: boolean;
  label: ComponentChildren;
};

/** `aside` follows the label, as code. */
export function Choice({
  type,
  id,
  name,
  value,
  checked,
  label,
  aside,
}: ChoiceProps & { aside?: string | undefined }) {
  return (
    <div class="form-check">
      <input class="form-check-input" type={type} id={id} name={name} value={value} checked={checked} />
      <label class="form-check-label" for={id}>
        {label}
      </label>
      {aside !== undefined && <code class="choice-aside">{aside}</code>}
    </div>
  );
}

/** The label of a choice that needs a word about what it means. */
export function ChoiceText({ title, help }: { title: string; help: string }) {
  return (
    <>
      {title} <span class="choice-help">{help}</span>
    </>
  );
}

/** A check box drawn as a pill. Sends `1` when on. */
export function Switch({ id, name, checked, label }: Omit<ChoiceProps, 'type' | 'value'>) {
  return (
    <div class="form-check form-switch">
      <input class="form-check-input" type="checkbox" id={id} name={name} value="1" checked={checked} />
      <label class="form-check-label" for={id}>
        {label}
      </label>
    </div>
  );
}

type CopyProps = { id: string; label: string; value: string };

/** A read-only value with a copy button. The button appears only where the script runs. */
export function CopyRow({ id, label, value }: CopyProps) {
  return (
    <FieldRow id={id} label={label}>
      <div class="copy-field">
        <input class="form-control" id={id} type="text" value={value} readOnly spellcheck={false} />
        <CopyButton id={id} label={label} />
      </div>
    </FieldRow>
  );
}

/** The same for several lines, such as a shell command. */
export function CopyBlock({ id, label, value }: CopyProps) {
  return (
    <div class="copy-block">
      <label for={id}>{label}</label>
      <div class="copy-field">
        <textarea
          class="form-control command"
          id={id}
          rows={value.split('\n').length}
          readOnly
          spellcheck={false}
          wrap="off"
        >
          {value}
        </textarea>
        <CopyButton id={id} label={label} />
      </div>
    </div>
  );
}

export function CopyButton({ id, label }: { id: string; label: string }) {
  const { common } = usePage().messages;
  return (
    <button
      type="button"
      class="btn btn-ec-regular btn-copy"
      data-copy={id}
      data-copied={common.copied}
      hidden
    >
      <Icon name="copy" />
      <span aria-hidden="true" data-copy-text>
        {common.copy}
      </span>
      {/* Text, not aria-label: the field alone is what bears the label's words. */}
      <span class="visually-hidden">{common.copyThis(label)}</span>
    </button>
  );
}
