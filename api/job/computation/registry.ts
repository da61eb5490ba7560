/** A pure computation that is too long for the main thread. */
export type Computation = (input: unknown, progress: (share: number, stage: string) => void) => unknown;

/** Computations by name, loaded when first asked for. */
export const COMPUTATIONS: Readonly<Record<string, () => Promise<Computation>>> = {};
