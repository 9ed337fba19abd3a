// SPDX-License-Identifier: Apache-2.0
// Exact numbers: {n, d}, a numerator and a positive denominator in lowest terms, both BigInt.

// More digits than this are no measurement.
export const MOST_DIGITS = 60;

// So many decimals are shown of a number that does not end.
const SHOWN = 6;

// The number that a text such as -7.35 is; the text has been matched already.
export function exactOf(text) {
  const [whole, decimals = ''] = text.replace(/^[+-]/, '').split('.');
  const size = BigInt(whole + decimals);
  const scale = 10n ** BigInt(decimals.length);
  const common = greatestDivisor(size, scale);
  const n = size / common;
  return { n: text.startsWith('-') ? -n : n, d: scale / common };
}

function greatestDivisor(a, b) {
  return b === 0n ? a : greatestDivisor(b, a % b);
}

export function wholeOf(number) {
  return { n: BigInt(number), d: 1n };
}

// Negative, zero or positive, as the first number is below, equal to or above the second.
export function compared(a, b) {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function isWhole(number) {
  return number.n % number.d === 0n;
}

// The greatest whole number that is not above, and the least that is not below.
export function floorOf(number) {
  const quotient = number.n / number.d;
  return { n: number.n < 0n && !isWhole(number) ? quotient - 1n : quotient, d: 1n };
}

export function ceilingOf(number) {
  const below = floorOf(number);
  return isWhole(number) ? below : { n: below.n + 1n, d: 1n };
}

export function plus(number, step) {
  return { n: number.n + BigInt(step) * number.d, d: number.d };
}

// A number as people write it; what does not end is cut and followed by an ellipsis.
export function numberText(number) {
  const sign = number.n < 0n ? '-' : '';
  const size = number.n < 0n ? -number.n : number.n;
  const scale = 10n ** BigInt(2 * SHOWN);
  const ends = (size * scale) % number.d === 0n;
  const decimals = ends ? 2 * SHOWN : SHOWN;
  const digits = ((size * 10n ** BigInt(decimals)) / number.d).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, -decimals);
  const rest = digits.slice(-decimals);
  if (!ends) return `${sign}${whole}.${rest}…`;
  const kept = rest.replace(/0+$/, '');
  return sign + whole + (kept ? `.${kept}` : '');
}
