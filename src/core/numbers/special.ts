// The few special functions that intervals and odds rest on: beta, gamma, normal, Student's t, binomial, Poisson.
import { assert } from "../basics/index.ts";

/** Two-sided 95 % of the normal distribution. */
export const Z95 = 1.959_963_984_540_054;

const LANCZOS = [
  76.180_091_729_471_46, -86.505_320_329_416_78, 24.014_098_240_830_91, -1.231_739_572_450_155,
  0.001_208_650_973_866_179, -0.000_005_395_239_384_953,
] as const;

/** ln of the gamma function for x > 0 (Lanczos). */
export function logGamma(x: number): number {
  const shifted = x + 5.5;
  let sum = 1.000_000_000_190_015;
  for (const [index, factor] of LANCZOS.entries()) sum += factor / (x + 1 + index);
  return (x + 0.5) * Math.log(shifted) - shifted + Math.log((2.506_628_274_631_000_7 * sum) / x);
}

/** Regularised incomplete beta function I_x(a, b): 0 to 1. */
export function betaShare(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x));
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

/** Continued fraction of the beta function, by Lentz. */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / kept(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= 10_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / kept(1 + even * d);
    c = kept(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / kept(1 + odd * d);
    c = kept(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return value;
}

function kept(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}

/** Regularised lower incomplete gamma function P(a, x): 0 to 1. */
export function gammaShare(a: number, x: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; term > sum * 1e-16; n += 1) {
      term *= x / (a + n);
      sum += term;
    }
    return sum * front;
  }
  return 1 - front * gammaFraction(a, x);
}

function gammaFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n <= 10_000; n += 1) {
    const factor = -n * (n - a);
    b += 2;
    d = 1 / kept(factor * d + b);
    c = kept(b + factor / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return value;
}

/** Chance that a standard normal value lies beyond ±|z|. */
export function normalTails(z: number): number {
  return 1 - gammaShare(0.5, (z * z) / 2);
}

/** Chance of `count` or more among `of`, each with chance `share`. */
export function binomialTail(count: number, of: number, share: number): number {
  return count <= 0 ? 1 : betaShare(share, count, of - count + 1);
}

/** Chance of `count` or more where `expected` are expected. */
export function poissonTail(count: number, expected: number): number {
  return count <= 0 ? 1 : gammaShare(count, expected);
}

/** The value below which a gamma distribution (shape, rate 1) has `share`. */
export function gammaQuantile(share: number, shape: number): number {
  return rootOf((x) => gammaShare(shape, x) - share, 0, shape + 20 * Math.sqrt(shape) + 20);
}

/** Two-sided 95 % of Student's t; degrees from 1. */
export function tQuantile95(degrees: number): number {
  assert(degrees >= 1, "Student's t has one degree of freedom or more");
  const beyond = (t: number): number => betaShare(degrees / (degrees + t * t), degrees / 2, 0.5);
  return rootOf((t) => 0.05 - beyond(t), 0, 13);
}

/** Where a growing function crosses zero between two ends. */
export function rootOf(grow: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let round = 0; round < 80; round += 1) {
    const middle = (low + high) / 2;
    if (grow(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
