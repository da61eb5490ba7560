// Coefficients of the rational approximations of erf and erfc in Sun Microsystems' fdlibm (s_erf.c, 1993), relative
// error below 1e-16 in each range.
const NEAR_ZERO = [
  [
    0.12837916709551256, -0.3250421072470015, -0.02848174957559851, -0.005770270296489442,
    -0.000023763016656650163,
  ],
  [
    1, 0.39791722395915535, 0.0650222499887673, 0.005081306281875766, 0.00013249473800432164,
    -0.000003960228278775368,
  ],
] as const;
const AROUND_ONE = [
  [
    -0.0023621185607526594, 0.41485611868374833, -0.3722078760357013, 0.31834661990116175,
    -0.11089469428239668, 0.035478304325618236, -0.002166375594868791,
  ],
  [
    1, 0.10642088040084423, 0.540397917702171, 0.07182865441419627, 0.12617121980876164, 0.01363708391202905,
    0.011984499846799107,
  ],
] as const;
const ERF_AROUND_ONE = 0.8450629115104675;
const MIDDLE = [
  [
    -0.009864944034847148, -0.6938585727071818, -10.558626225323291, -62.375332450326006, -162.39666946257347,
    -184.60509290671104, -81.2874355063066, -9.814329344169145,
  ],
  [
    1, 19.651271667439257, 137.65775414351904, 434.56587747522923, 645.3872717332679, 429.00814002756783,
    108.63500554177944, 6.570249770319282, -0.0604244152148581,
  ],
] as const;
const FAR = [
  [
    -0.0098649429247001, -0.799283237680523, -17.757954917754752, -160.63638485582192, -637.5664433683896,
    -1025.0951316110772, -483.5191916086514,
  ],
  [
    1, 30.33806074348246, 325.7925129965739, 1536.729586084437, 3199.8582195085955, 2553.0504064331644,
    474.52854120695537, -22.44095244658582,
  ],
] as const;

/** Standard normal distribution function P(Z ≤ z); relative accuracy about 1e-14 in both tails. */
export function normalCdf(z: number): number {
  return 0.5 * complementaryError(-z * Math.SQRT1_2);
}

/** erfc(x) = 1 − erf(x). */
function complementaryError(x: number): number {
  const size = Math.abs(x);
  if (size < 0.84375) return 1 - (x + x * ratio(NEAR_ZERO, x * x));
  if (size < 1.25) {
    const value = ERF_AROUND_ONE + ratio(AROUND_ONE, size - 1);
    return x > 0 ? 1 - value : 1 + value;
  }
  if (size > 27) return x > 0 ? Math.exp(-x * x) : 2;
  const inverse = 1 / (size * size);
  const tail = Math.exp(-size * size - 0.5625 + ratio(size < 1 / 0.35 ? MIDDLE : FAR, inverse)) / size;
  return x > 0 ? tail : 2 - tail;
}

function ratio([above, below]: readonly [readonly number[], readonly number[]], x: number): number {
  return polynomial(above, x) / polynomial(below, x);
}

function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) value = value * x + coefficients[i]!;
  return value;
}
