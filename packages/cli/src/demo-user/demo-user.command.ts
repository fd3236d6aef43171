import { setEnded } from '@clientele/embedded'
import { type Command, UsageError } from '../command.js'
import { readConfig } from '../config.js'
import { findPlatform } from '../home.js'
import { parseOptions } from '../options.js'

/** Ends the account of a demo user at the development issuer, or opens it again. */
export const demoUser: Command = {
  name: 'demo-user',
  summary: 'End the account of a demo user, as when somebody leaves',
  help: `clientele demo-user end NAME
clientele demo-user return NAME

Ends the account of a demo user of the development issuer, or opens it again. Who has ended cannot sign in and gets no token;
one that they have lasts until it expires. Clientele learns of it as of every identity provider: by the mutation syncStaff,
or at its next turn. Keycloak has this in its admin console, as "Enabled" of a user.`,
  run: async (args) => {
    const { positionals } = parseOptions('demo-user', { args, allowPositionals: true, options: {} })
    const [what, name, ...others] = positionals
    if ((what !== 'end' && what !== 'return') || !name || others.length)
      throw new UsageError('Say what to do with whom: clientele demo-user end NAME, or … return NAME.')
    const { issuerDir } = await findPlatform(readConfig().CLIENTELE_HOME)
    if (!issuerDir) throw new UsageError('The platform uses an issuer of its own: end the account there.')
    const user = await setEnded(issuerDir, name, what === 'end').catch((error) => {
      throw new UsageError(error.message, { cause: error })
    })
    const told = what === 'end' ? 'cannot sign in any more' : 'can sign in again'
    console.log(`${user.displayName} (${user.name}) ${told}. To let the directory know: mutation { syncStaff { id } }`)
    return 0
  },
}
