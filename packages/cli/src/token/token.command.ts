import { principalNames } from '@clientele/embedded'
import { type Command, UsageError } from '../command.js'
import { readConfig } from '../config.js'
import { findPlatform } from '../home.js'
import { parseOptions } from '../options.js'
import { demoToken } from './demo-token.js'

/** Prints an access token of a demo user of the embedded platform. */
export const token: Command = {
  name: 'token',
  summary: 'Print an access token of a demo user',
  help: `clientele token --as NAME [--tenant T] [--expires 1h] [--json]

Prints a token of the development issuer. NAME is a demo user, a role, partner or a service account.
manager sees the territory emea, sales emea/de; admin all.
  --tenant   another tenant than the user's own
  --expires  a span such as 15m or 8h, default 1h
  --json     as {"token": …, "as": …}`,
  run: async (args) => {
    const { values } = parseOptions('token', {
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
    const platform = await findPlatform(config.CLIENTELE_HOME)
    const signed = await demoToken(platform, config, { ...values, as: values.as })
    console.log(values.json ? JSON.stringify({ token: signed, as: values.as }) : signed)
    return 0
  },
}
