import { signToken } from '@clientele/embedded'
import { UsageError } from '../command.js'
import type { CliConfig } from '../config.js'
import type { RunningPlatform } from '../home.js'

export interface DemoTokenOptions {
  /** A demo user, a role, or a service account. */
  as: string
  tenant?: string | undefined
  /** A span such as `15m`; one hour unless given. */
  expires?: string | undefined
}

/** A token of the development issuer. Throws UsageError where the platform has another issuer, nobody is called so, or the span is none. */
export const demoToken = async (
  platform: Pick<RunningPlatform, 'issuer' | 'issuerDir'>,
  config: Pick<CliConfig, 'OIDC_AUDIENCE'>,
  { as, tenant, expires }: DemoTokenOptions,
): Promise<string> => {
  const { issuer, issuerDir: dir } = platform
  if (!dir)
    throw new UsageError('The platform uses an issuer of its own: get the token there, and set CLIENTELE_TOKEN.')
  return signToken({
    dir,
    issuer,
    audience: config.OIDC_AUDIENCE,
    as,
    ...(tenant && { tenant }),
    ...(expires && { expiresIn: expires }),
  }).catch((error) => {
    throw new UsageError(error.message, { cause: error })
  })
}
