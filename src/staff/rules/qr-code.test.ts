import { expect, test } from 'vitest';
import { qrCode } from './qr-code.ts';

const dark = (path: string) => new Set(path.match(/M\d+ \d+/g));

test('a version 1 symbol has 21 modules and its finder patterns stand inside the quiet zone', () => {
  const { size, path } = qrCode('hi');
  expect(size).toBe(21 + 8);
  const modules = dark(path);
  for (let at = 4; at < 11; at += 1) {
    expect(modules).toContain(`M${at} 4`);
    expect(modules).toContain(`M4 ${at}`);
    expect(modules).toContain(`M${size - 1 - at} 4`);
    expect(modules).toContain(`M4 ${size - 1 - at}`);
  }
  expect(modules).not.toContain('M5 5');
  expect(modules).toContain('M6 6');
  const places = [...modules].flatMap((place) => place.slice(1).split(' ').map(Number));
  expect(Math.min(...places)).toBe(4);
  expect(Math.max(...places)).toBe(size - 5);
});

test('a longer text makes a larger symbol, another text another one', () => {
  expect(qrCode('x'.repeat(200)).size).toBeGreaterThan(qrCode('x').size);
  expect(qrCode('a').path).not.toBe(qrCode('b').path);
});
