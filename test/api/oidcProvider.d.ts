/** The part of `oidc-provider` that the tests use; the package carries no types. */
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http';

  export class Provider {
    constructor(
      issuer: string,
      configuration: Readonly<Record<string, unknown>> & {
        readonly findAccount: (
          context: unknown,
          id: string,
        ) => { readonly accountId: string; readonly claims: () => Readonly<Record<string, unknown>> };
      },
    );
    callback(): RequestListener;
  }
}
