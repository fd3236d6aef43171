import { z } from 'zod'
import { createApi } from '../api/api.js'
import { platformUrl } from '../api/session.js'
import { type Command, UsageError } from '../command.js'
import { readConfig } from '../config.js'
import { tellFailure } from '../failure.js'
import { parseOptions } from '../options.js'
import { stopSignal } from '../stop-signal.js'
import { signInByDevice } from './sign-in.js'
import { signInsOf } from './signed-in.js'
import { viewerOf, viewerText } from './viewer.js'

/** Signs a person in, for all commands that follow. */
export const login: Command = {
  name: 'login',
  summary: 'Sign in, for the commands that follow',
  help: `clientele login [--url URL] [--tenant T] [--issuer URL]

Shows a page and a code: open the page at a browser on whatever machine, sign in there and confirm the code. The commands
that follow then speak as you at that URL, until clientele logout or until the issuer ends the sign-in.
  --url      the gateway, default CLIENTELE_URL, else the platform of CLIENTELE_HOME
  --tenant   for who works in several tenants: the one to work in
  --issuer   where people sign in, default what the gateway tells

The sign-in is kept in clientele/sign-ins.json of XDG_CONFIG_HOME (default ~/.config), which only you may read. Programs do
not sign in so: they have an account of their own at the issuer, and give its token in CLIENTELE_TOKEN.`,
  run: async (args) => {
    const { values } = parseOptions('login', {
      args,
      options: { url: { type: 'string' }, tenant: { type: 'string' }, issuer: { type: 'string' } },
    })
    const config = readConfig()
    const url = await platformUrl(values.url, config)
    const stop = stopSignal()
    try {
      const issuer = values.issuer ?? (await issuerOf(url))
      const signedIn = await signInByDevice(
        issuer,
        ({ page, code, seconds }) => {
          console.error(`Open ${page}\nsign in there, and confirm the code ${code}.`)
          console.error(`Waiting, for at most ${Math.round(seconds / 60)} minutes. Ctrl-C ends.`)
        },
        stop.signal,
      )
      const { tenant } = values
      const session = { url, token: async () => signedIn.accessToken, ...(tenant && { tenant }) }
      // Kept only where the platform takes them.
      const viewer = await viewerOf(createApi(session))
      await signInsOf(config).change(url, async () => ({ ...signedIn, ...(tenant && { tenant }) }))
      console.log(viewerText(viewer, url))
      return 0
    } catch (error) {
      const code = tellFailure(error, false)
      // As after any Ctrl-C: 128 and the number of the signal.
      return stop.signal.aborted ? 130 : code
    } finally {
      stop.release()
    }
  },
}

const metadata = z.object({ authorization_servers: z.array(z.url()).min(1) })

/** The issuer that a gateway names (RFC 9728). Throws UsageError. */
const issuerOf = async (url: string): Promise<string> => {
  const address = `${url}/.well-known/oauth-protected-resource`
  const told = await fetch(address, { signal: AbortSignal.timeout(10_000) })
    .then((response) => response.json())
    .catch((error) => {
      throw new UsageError(`${url} does not tell where people sign in: is that the gateway? Else give --issuer.`, {
        cause: error,
      })
    })
  const { data } = metadata.safeParse(told)
  if (!data) throw new UsageError(`${address} names no issuer: is ${url} the gateway? Else give --issuer.`)
  return data.authorization_servers[0] as string
}
