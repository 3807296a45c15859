/** The white boxes that pages are made of. */
import type { ComponentChildren } from 'preact';

type CardProps = { title?: string; children: ComponentChildren; flush?: boolean };

/** `flush` leaves the padding to the content, for tables. */
export function Card({ title, children, flush }: CardProps) {
  return (
    <section class="card rounded border-0 mb-4">
      {title && (
        <div class="card-header">
          <h3 class="card-title">{title}</h3>
        </div>
      )}
      <div class={flush ? 'card-body p-0' : 'card-body'}>{children}</div>
    </section>
  );
}

type NothingYetProps = { title: string; next: string; children?: ComponentChildren };

/** Instead of a list that has nothing yet: what it will hold, and how to get it. */
export function NothingYet({ title, next, children }: NothingYetProps) {
  return (
    <Card>
      <div class="empty-state">
        <p class="empty-state-title">{title}</p>
        <p>{next}</p>
        {children}
      </div>
    </Card>
  );
}

/** A label and a text beside it, for facts that cannot be edited. */
export function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class="form-row">
      <dt class="form-row-label">{label}</dt>
      <dd class="form-row-control">{children}</dd>
    </div>
  );
}
