import { randomUUID } from 'node:crypto'
import { importJWK, SignJWT } from 'jose'
import { refuseProduction } from '../config.js'
import { endedUsers } from './ended-users.js'
import { ALGORITHM, readIssuerKeys } from './issuer-keys.js'
import { findPrincipal } from './principal.js'

export const DEFAULT_AUDIENCE = 'clientele-api'

export interface TokenOptions {
  /** A demo user, a role, `partner`, or a service account such as `service-account-clientele-profiles`. */
  as: string
  /** Another tenant than that of the user. */
  tenant?: string
  /** A span such as `15m` or `8h`; default one hour. A negative one gives a token that has expired. */
  expiresIn?: string
}

/** Signs an access token with the key that the issuer keeps in `dir`: the same as signing in gives, without the issuer's process. */
export async function signToken(o: TokenOptions & { dir: string; issuer: string; audience?: string }): Promise<string> {
  refuseProduction('issuer', 'OIDC_ISSUER_URL')
  const { subject, claims } = findPrincipal(o.as, o.tenant)
  if ((await endedUsers(o.dir)).has(subject))
    throw new Error(`The account of ${o.as} has ended; "clientele demo-user return ${o.as}" opens it again.`)
  const [key] = (await readIssuerKeys(o.dir)).signing
  const token = new SignJWT({ ...claims })
    .setProtectedHeader({ alg: ALGORITHM, typ: 'at+jwt', kid: key.kid })
    .setIssuer(o.issuer)
    .setSubject(subject)
    .setAudience(o.audience ?? DEFAULT_AUDIENCE)
    .setIssuedAt()
    .setJti(randomUUID())
  const span = o.expiresIn ?? '1h'
  try {
    token.setExpirationTime(span)
  } catch {
    throw new Error(`"${span}" is not a span of time. Write for example 15m, 8h or 2 days.`)
  }
  return token.sign(await importJWK(key, ALGORITHM))
}
