import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import type { Grant } from '../contract/permission.ts';

/** The organisation's identity provider. */
export interface IdentityProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the sign-in button says. */
  readonly label: string;
  /** Where the provider sends people back to: `{publicUrl}/api/sso/callback`. */
  readonly redirectUrl: string;
  /** The claim that lists groups, and what each group may do here. People in none of them are refused. */
  readonly groupsClaim: string;
  readonly grants: Readonly<Record<string, readonly Grant[]>>;
}

/** Who the provider says has signed in. The key is issuer and subject, never the e-mail address. */
export interface ProvenIdentity {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  readonly email: string | undefined;
  readonly grants: readonly Grant[];
}

/** Authorization code with PKCE, state and nonce (OpenID Connect Core 1.0, RFC 7636). */
export class OpenIdConnect {
  readonly provider: IdentityProvider;
  #configuration: Promise<Configuration> | undefined;

  constructor(provider: IdentityProvider) {
    this.provider = provider;
  }

  /** Where to send the browser, and what it must bring back: state, nonce and verifier in one text. */
  async begin(): Promise<{ readonly location: string; readonly memory: string }> {
    const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
    const location = buildAuthorizationUrl(await this.#discovered(), {
      redirect_uri: this.provider.redirectUrl,
      scope: 'openid profile email',
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    return { location: location.href, memory: [state, nonce, verifier].join('.') };
  }

  /** @throws Error when anything does not fit: state, nonce, code, signature, issuer, audience, time. */
  async finish(answer: URLSearchParams, memory: string): Promise<ProvenIdentity> {
    const [state = '', nonce = '', verifier = ''] = memory.split('.');
    const url = new URL(this.provider.redirectUrl);
    url.search = answer.toString();
    const tokens = await authorizationCodeGrant(await this.#discovered(), url, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) throw new Error('the provider sent no identity');
    return {
      issuer: claims.iss,
      subject: claims.sub,
      name: typeof claims.name === 'string' ? claims.name : claims.sub,
      email: typeof claims.email === 'string' ? claims.email : undefined,
      grants: this.#grantsOf(claims[this.provider.groupsClaim]),
    };
  }

  #grantsOf(groups: unknown): readonly Grant[] {
    const names = Array.isArray(groups) ? groups : [groups];
    return names.flatMap(name =>
      typeof name === 'string' && Object.hasOwn(this.provider.grants, name)
        ? (this.provider.grants[name] ?? [])
        : [],
    );
  }

  /** Asked at the first sign-in and kept; a failure is not kept. */
  #discovered(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.provider;
    const insecure = /^http:\/\/(127\.0\.0\.1|localhost)(:|\/|$)/.test(issuer);
    this.#configuration ??= discovery(new URL(issuer), clientId, clientSecret, undefined, {
      // Without it the signature is not looked at, because the token came over TLS.
      execute: [enableNonRepudiationChecks, ...(insecure ? [allowInsecureRequests] : [])],
    }).catch((error: unknown) => {
      this.#configuration = undefined;
      throw error;
    });
    return this.#configuration;
  }
}
