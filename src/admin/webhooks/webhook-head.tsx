/** A request or an answer as it went over the wire, or a body of JSON. */
import { Card } from '../ui/card.tsx';

/** Nothing when there is nothing to show. */
export function HeadCard({ title, text }: { title: string; text: string | null }) {
  if (text === null || text === '') return null;
  return (
    <Card title={title}>
      <pre class="wire-text">{text}</pre>
    </Card>
  );
}
