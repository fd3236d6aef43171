import { createVerifier } from '@clientele/kit'
import { decodeProtectedHeader } from 'jose'
import { bySecret } from './relying-party.js'
import { AUDIENCE, type UnderTest } from './under-test.js'

/** That requests go on while the issuer takes a new key to sign with. */
export function testKeyChange({ identity, issuer }: UnderTest): void {
  test('the key is changed without a request failing', async () => {
    const tokenNow = async () => String((await bySecret(identity, 'clientele-profiles')).access_token)
    // Nothing is remembered, so that each request needs a key.
    const strict = createVerifier({ issuer, audience: AUDIENCE, cacheSeconds: 0 })
    const before = await tokenNow()
    const failures: unknown[] = []
    let requests = 0
    let isOver = false
    let latest = before
    const requesting = (async () => {
      while (!isOver) {
        for (const token of [before, latest]) {
          requests += 1
          await strict.verify(token, { tenant: 'acme' }).catch((error) => failures.push(error))
        }
        latest = await tokenNow()
      }
    })()
    await identity.rotateKeys()
    const kidOf = (token: string) => decodeProtectedHeader(token).kid
    while (kidOf(latest) === kidOf(before) && failures.length === 0) await new Promise((next) => setTimeout(next, 10))
    const seen = requests
    while (requests < seen + 20) await new Promise((next) => setTimeout(next, 10))
    isOver = true
    await requesting
    expect(failures).toEqual([])
    expect(kidOf(latest)).not.toBe(kidOf(before))
  }, 60_000)
}
