/** A fresh identifier. `crypto.randomUUID` exists only on HTTPS and localhost; this works on any address. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
