/** A text that people read, in both languages of the program. */
export type Locale = 'ja' | 'en';

export type Text = Readonly<Record<Locale, string>>;
