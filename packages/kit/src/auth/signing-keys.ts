import { setTimeout as pause } from 'node:timers/promises'
import { type CompactVerifyGetKey, errors } from 'jose'
import { Unavailable } from '../errors/errors.js'
import { fetchKeys, type KeySet, type KeySource, locateKeys } from './key-set.js'

const REFRESH_AFTER_MS = 600_000
/** More than arrive while keys are fetched; fewer than would hold the connections of the process. */
const MOST_WAITING = 200

interface Options extends KeySource {
  /** The least time from one fetch to the next. */
  cooldownMs: number
  now: () => Date
}

export interface SigningKeys {
  /** The key of a token. */
  find: CompactVerifyGetKey
  /** Resolves when there are keys that may verify; they are fetched where there are none yet. Throws Unavailable. */
  fetched(): Promise<void>
}

/**
 * The issuer's public keys. Fetched on first use; again, behind the requests, when ten minutes old; and for a key id that is not known.
 * However many tokens ask, there is one fetch per cool-down: a token of an unknown key id waits for the next one, so that none is refused
 * just after the issuer has changed its keys. Without a key id, or with a known one, nothing is waited for;
 * nor where 200 wait already. Keys stay in use while the issuer is away.
 * @throws Unavailable `issuer.unavailable` where the key of a token cannot be had
 */
export function signingKeys(o: Options): SigningKeys {
  let uri: string | undefined
  let keys: KeySet | undefined
  let triedAt = Number.NEGATIVE_INFINITY
  let sent: Promise<void> | undefined
  let next: Promise<void> | undefined
  let waiting = 0

  const sinceTried = () => Math.abs(o.now().getTime() - triedAt) // a clock that was set back must not stop the fetches

  async function send() {
    triedAt = o.now().getTime()
    try {
      uri ??= await locateKeys(o)
      keys = await fetchKeys(uri, o)
    } catch (cause) {
      uri = undefined
      throw unavailable(cause)
    } finally {
      sent = undefined
    }
  }

  /** A fetch that starts after this call, when the last one has ended and cooled down. */
  function refresh(): Promise<void> {
    next ??= (async () => {
      await sent?.catch(() => {})
      const left = o.cooldownMs - sinceTried()
      if (left > 0) await pause(left, undefined, { ref: false })
      next = undefined
      sent = send()
      await sent
    })()
    return next
  }

  function refreshWhenOld() {
    if (!keys || sent || next || sinceTried() <= REFRESH_AFTER_MS) return
    refresh().catch((err) =>
      o.log?.warn({ err, issuer: o.issuer }, 'signing keys not refreshed; the old ones stay in use'),
    )
  }

  const keyOf: CompactVerifyGetKey = async (header, token) => {
    const find = async () => keys?.find(header, token).catch(unlessUnknown)
    const waited = async () => {
      await sent
      const found = await find()
      if (found) return found
      await refresh()
      return find()
    }
    refreshWhenOld()
    const known = await find()
    if (known) return known
    if (keys && !couldBeNew(header.kid, keys)) throw new errors.JWKSNoMatchingKey()
    if (waiting >= MOST_WAITING) throw keys ? new errors.JWKSNoMatchingKey() : unavailable()
    waiting += 1
    const found = await waited().finally(() => {
      waiting -= 1
    })
    if (found) return found
    throw new errors.JWKSNoMatchingKey()
  }

  return {
    find: keyOf,
    fetched: async () => {
      if (!keys?.algorithms.size) await (sent ?? refresh())
      if (!keys?.algorithms.size) throw unavailable()
    },
  }
}

/** Whether a later fetch could bring the key: not where it has one of this name, which fits no token like this, and not without a name. */
const couldBeNew = (kid: string | undefined, { ids }: KeySet) => kid !== undefined && !ids.has(kid)

const unlessUnknown = (error: unknown) => {
  if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
  return undefined
}

const unavailable = (cause?: unknown) =>
  new Unavailable('The token cannot be checked, because the keys of its issuer cannot be fetched.', {
    reason: 'issuer.unavailable',
    cause,
  })
