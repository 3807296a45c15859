/** A text as a QR code, in the form a page can draw without any script or foreign markup. */
import qrcode from 'qrcode-generator';

/** Width and height in modules, the quiet zone included, and an SVG path of the dark ones in the same unit. */
export type QrCode = { readonly size: number; readonly path: string };

const QUIET_ZONE = 4; // modules (ISO/IEC 18004)

export function qrCode(text: string): QrCode {
  const code = qrcode(0, 'M'); // the smallest version that holds the text
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const places = Array.from({ length: count }, (_, place) => place);
  const path = places
    .flatMap((row) =>
      places.filter((column) => code.isDark(row, column)).map((column) => square(row, column)),
    )
    .join('');
  return { size: count + 2 * QUIET_ZONE, path };
}

const square = (row: number, column: number): string => `M${column + QUIET_ZONE} ${row + QUIET_ZONE}h1v1h-1z`;
