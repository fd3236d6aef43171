import { parseArgs } from 'node:util'
import { principalNames, signToken } from '@clientele/embedded'
import { type Command, UsageError } from '../command.js'
import { readConfig } from '../config.js'
import { findPlatform } from '../home.js'

/** Prints an access token of a demo user of the embedded platform. */
export const token: Command = {
  name: 'token',
  summary: 'Print an access token of a demo user',
  help: `clientele token --as NAME [--tenant T] [--expires 1h] [--json]

Prints a token of the development issuer. NAME is a demo user, a role or a service account.
  --tenant   another tenant than the user's own
  --expires  a span such as 15m or 8h, default 1h
  --json     as {"token": …, "as": …}`,
  run: async (args) => {
    const { values } = parseArgs({
      args,
      options: {
        as: { type: 'string' },
        tenant: { type: 'string' },
        expires: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
    if (!values.as) throw new UsageError(`--as is missing. There are: ${principalNames().join(', ')}`)
    const config = readConfig()
    const { issuer, issuerDir } = await findPlatform(config.CLIENTELE_HOME)
    if (!issuerDir) throw new UsageError('The platform uses an issuer of its own: get the token there.')
    const signed = await signToken({
      dir: issuerDir,
      issuer,
      audience: config.OIDC_AUDIENCE,
      as: values.as,
      ...(values.tenant && { tenant: values.tenant }),
      ...(values.expires && { expiresIn: values.expires }),
    })
    console.log(values.json ? JSON.stringify({ token: signed, as: values.as }) : signed)
    return 0
  },
}
