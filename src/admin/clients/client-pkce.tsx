/** The row of the client form that says whether the app must use PKCE. */
import { PKCE_CHOICES } from '../../oauth/rules/pkce.ts';
import { usePage } from '../ui/context.ts';
import { Choice, ChoiceText, FieldError, GroupRow, Help } from '../ui/form.tsx';

type PkceRowProps = {
  readonly chosen: string;
  /** Required since the app has used it: starting over is a choice then. */
  readonly learned: boolean;
  readonly error: 'invalid' | undefined;
  /** False for a public client, which has no choice. */
  readonly open: boolean;
};

export function PkceRow({ chosen, learned, error, open }: PkceRowProps) {
  const { form, fieldErrors } = usePage().messages;
  if (!open) {
    return (
      <GroupRow id="pkce" label={form.pkce}>
        <p class="form-control-plaintext">{form.pkceNames.required}</p>
        <Help id="pkce">{form.pkcePublic}</Help>
      </GroupRow>
    );
  }
  const offered = PKCE_CHOICES.filter((choice) => learned || choice !== 'again');
  return (
    <GroupRow id="pkce" label={form.pkce}>
      {offered.map((choice) => (
        <Choice
          key={choice}
          type="radio"
          id={`pkce-${choice}`}
          name="pkce"
          value={choice}
          checked={chosen === choice}
          label={
            <ChoiceText
              title={form.pkceNames[choice]}
              help={form.pkceMeanings[choice === 'auto' && learned ? 'learned' : choice]}
            />
          }
        />
      ))}
      <FieldError id="pkce" text={error && fieldErrors[error]} />
      <Help id="pkce">{form.pkceHelp}</Help>
    </GroupRow>
  );
}
