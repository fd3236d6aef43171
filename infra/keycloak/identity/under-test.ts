import { clientCredentials, createVerifier } from '@clientele/kit'
import { startChromium } from './chromium.js'
import type { Identity } from './identity.js'
import { openBrowser } from './person.js'
import { startProfiles } from './platform.js'

export const AUDIENCE = 'clientele-api'

type Browser = Awaited<ReturnType<typeof openBrowser>>
export type UnderTest = Awaited<ReturnType<typeof putUnderTest>>

/** An issuer with what its tests need beside it: browsers, a verifier, and a service that takes its tokens. All of it stops when the test file ends. */
export async function putUnderTest(identity: Identity) {
  const cleanups: (() => Promise<unknown>)[] = [identity.stop]
  const clear = async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
  }
  try {
    const chromium = await startChromium()
    cleanups.push(() => chromium.close())
    const { issuer } = identity
    const verifier = createVerifier({ issuer, audience: AUDIENCE })
    const profiles = await startProfiles(
      verifier,
      clientCredentials({
        issuer,
        clientId: 'clientele-profiles',
        clientSecret: identity.clientSecret('clientele-profiles'),
      }),
    )
    profiles.defer(clear)

    /** A browser that is closed afterwards, whatever happens. */
    const atBrowser = async <T>(visit: (browser: Browser) => Promise<T>): Promise<T> => {
      const browser = await openBrowser(chromium, identity)
      return visit(browser).finally(browser.close)
    }
    const signIn = (user: string) => atBrowser((browser) => browser.signIn(user))
    return { identity, issuer, verifier, profiles, atBrowser, signIn }
  } catch (error) {
    await clear()
    throw error
  }
}
