import { join, resolve } from 'node:path'
import type { Session } from '../api/session.js'
import { UsageError } from '../command.js'
import type { CliConfig } from '../config.js'
import { keptSignIns } from './kept-sign-ins.js'
import type { SignIn } from './sign-in.js'

type SignIns = ReturnType<typeof keptSignIns>

/** A token is renewed this long before it ends, so that it is good for the request that it is asked for. */
const sparedMs = 30_000

export const signInsOf = ({ XDG_CONFIG_HOME }: Pick<CliConfig, 'XDG_CONFIG_HOME'>): SignIns =>
  keptSignIns(join(resolve(XDG_CONFIG_HOME), 'clientele', 'sign-ins.json'))

/** The session of who has signed in at `url`; undefined where nobody has. Its tokens are renewed, also beside other commands that do so. */
export const sessionOf = async (url: string, signIns: SignIns): Promise<Session | undefined> => {
  let current = await signIns.find(url)
  if (!current) return undefined
  const { tenant } = current
  const token = async () => {
    if (!lasts(current)) current = await signIns.change(url, (known) => lasting(url, known))
    return (current as SignIn).accessToken
  }
  return { url, token, ...(tenant && { tenant }) }
}

const lasts = (known: SignIn | undefined) => known !== undefined && known.expiresAt - sparedMs > Date.now()

const lasting = async (url: string, known: SignIn | undefined) => {
  if (!known) throw new UsageError(`You have signed out at ${url}: clientele login --url ${url}`)
  if (lasts(known)) return known
  const { renew } = await import('./sign-in.js')
  return renew(known)
}
