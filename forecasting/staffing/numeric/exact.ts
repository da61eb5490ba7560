/** Splits a double into two of at most 26 bits (Veltkamp). */
const SPLITTER = 2 ** 27 + 1;
/** Beyond this size splitting overflows. */
const LARGEST = 1e150;

/** a b − c d with one rounding, as if the products were exact (Dekker 1971). */
export function productDifference(a: number, b: number, c: number, d: number): number {
  const left = a * b;
  const right = c * d;
  if (!(Math.max(Math.abs(a), Math.abs(b), Math.abs(c), Math.abs(d), left, right) < LARGEST))
    return left - right;
  return left - right + (productError(a, b, left) - productError(c, d, right));
}

/** The rounding error of `product` = x y. */
function productError(x: number, y: number, product: number): number {
  const scaledX = SPLITTER * x;
  const highX = scaledX - (scaledX - x);
  const lowX = x - highX;
  const scaledY = SPLITTER * y;
  const highY = scaledY - (scaledY - y);
  const lowY = y - highY;
  return lowX * lowY - (product - highX * highY - lowX * highY - highX * lowY);
}
