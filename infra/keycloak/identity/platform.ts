import type { Verifier } from '@clientele/kit'
import { profiles } from '@clientele/profiles'
import { startPlatform } from '@clientele/testkit'

/** The profiles service on a database of its own, which takes the tokens that `verifier` accepts. Stops when the test file ends. */
export async function startProfiles(verifier: Verifier) {
  const platform = await startPlatform([profiles], { verifier })
  const { subgraph } = platform.service('profiles')
  return {
    /** Runs this before it stops. */
    defer: platform.defer,
    ask(token: string | undefined, query: string, variables: Record<string, unknown> = {}) {
      return subgraph.execute({ query, variables, headers: token ? { authorization: `Bearer ${token}` } : {} })
    },
  }
}
