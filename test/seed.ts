import { configureGlobal } from 'fast-check';

/** One seed for every property test, so that a red run can be repeated; `FC_SEED=7 npm test` looks elsewhere. */
configureGlobal({ seed: Number(process.env.FC_SEED ?? 20_261_122) });
