/** Fields of a form that has to be sent again, as they came. */
export type KeptFields = readonly (readonly [name: string, value: string])[];

/** A form gets a new token of its own; passwords and codes are written into no page. */
const NOT_KEPT = ['_token', 'password', 'current', 'next', 'again', 'code'];

export function KeptFieldInputs({ fields }: { fields: KeptFields }) {
  return (
    <>
      {fields
        .filter(([name]) => !NOT_KEPT.includes(name))
        .map(([name, value]) => (
          <input type="hidden" name={name} value={value} key={`${name} ${value}`} />
        ))}
    </>
  );
}
