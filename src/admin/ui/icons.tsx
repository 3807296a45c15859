/** The icons and the mark, drawn for Tegata. Icons are decoration: the words beside them (or a hidden label) speak. */

const SHAPES = {
  home: 'M3 11.5 12 4l9 7.5M5.5 10v10h13V10M10 20v-6h4v6',
  gear: 'M12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM12 2.5v3M12 18.5v3M2.5 12h3M18.5 12h3M5.3 5.3l2.1 2.1M16.6 16.6l2.1 2.1M5.3 18.7l2.1-2.1M16.6 7.4l2.1-2.1',
  plug: 'M9 2.5v5M15 2.5v5M6 7.5h12v4a6 6 0 0 1-12 0v-4ZM12 17.5v4',
  user: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 7a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM6.2 18.3a6.5 6.5 0 0 1 11.6 0',
  bars: 'M3 6h18M3 12h18M3 18h18',
  close: 'M5 5l14 14M19 5 5 19',
  'angle-right': 'M9 5l7 7-7 7',
  'angle-down': 'M5 9l7 7 7-7',
  pencil: 'M4 20l1.2-4.8L16.5 4 20 7.5 8.8 18.8 4 20ZM14 6.5 17.5 10',
  copy: 'M8 8h12v13H8ZM16 8V3H4v13h4',
  check: 'M4 12.5 9.5 18 20 6.5',
  warning: 'M12 3.5 22 20.5H2ZM12 10v5M12 17.6v.4',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 11v6M12 7.4v.4',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.3 15.3 21 21',
  back: 'M11 5l-7 7 7 7M20 5l-7 7 7 7',
  plus: 'M12 4.5v15M4.5 12h15',
  trash: 'M4 6.5h16M9 6V3.5h6V6M6 6.5 7 21h10l1-14.5M10 10.5v6.5M14 10.5v6.5',
  external: 'M13.5 4H20v6.5M20 4 10.5 13.5M17.5 13.5V20H4V6.5h6.5',
  key: 'M7.5 11.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.8 13 20 3.8M16 7.8l3 3',
} as const;

export type IconName = keyof typeof SHAPES;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={SHAPES[name]} />
    </svg>
  );
}

/** A traveller's wooden pass: the pierced tablet, its cord, two brush strokes. */
export function Mark() {
  return (
    <svg class="tegata-mark" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <path class="mark-cord" d="M24 13.5C20 8 20.5 3.5 24 3.5s4 4.5 0 10" />
      <path
        class="mark-wood"
        d="M24 7.5 37 14.500V42a2.5 2.5 0 0 1-2.5 2.500h-21A2.5 2.5 0 0 1 11 42V14.500Z"
      />
      <path class="mark-shade" d="M24 7.5 37 14.500V42a2.5 2.5 0 0 1-2.5 2.500H24Z" />
      <circle class="mark-hole" cx="24" cy="15" r="2.4" />
      <path class="mark-ink" d="M16.5 23.500h15M24 20.500v18.500M18.5 30h11" />
    </svg>
  );
}
