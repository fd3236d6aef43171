import { platformUrl } from '../api/session.js'
import { type Command, UsageError } from '../command.js'
import { readConfig } from '../config.js'
import { parseOptions } from '../options.js'
import { revoke } from './sign-in.js'
import { signInsOf } from './signed-in.js'

/** Ends a sign-in. */
export const logout: Command = {
  name: 'logout',
  summary: 'Sign out',
  help: `clientele logout [--url URL]

Ends the sign-in at the issuer and removes it from this machine.
  --url      the gateway, default CLIENTELE_URL, else the platform of CLIENTELE_HOME`,
  run: async (args) => {
    const { values } = parseOptions('logout', { args, options: { url: { type: 'string' } } })
    const config = readConfig()
    const url = await platformUrl(values.url, config)
    let fault: unknown
    await signInsOf(config).change(url, async (known) => {
      if (!known) throw new UsageError(`Nobody is signed in at ${url}.`)
      await revoke(known).catch((error: unknown) => {
        fault = error
      })
      return undefined
    })
    console.log(`Signed out at ${url}.`)
    if (!fault) return 0
    const why = fault instanceof Error ? fault.message : String(fault)
    console.error(`The issuer was not told, and ends the sign-in by itself when it has not been used: ${why}`)
    return 1
  },
}
