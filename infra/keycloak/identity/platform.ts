import type { ServiceAccount, Verifier } from '@clientele/kit'
import { profiles } from '@clientele/profiles'
import { startPlatform } from '@clientele/testkit'

/** The profiles service on a database of its own, which takes the tokens that `verifier` accepts and has its own account at their issuer. Stops when the test file ends. */
export async function startProfiles(verifier: Verifier, account: ServiceAccount) {
  const platform = await startPlatform([profiles], { verifier, account })
  const { subgraph, jobs } = platform.service('profiles')
  return {
    /** Runs this before it stops. */
    defer: platform.defer,
    /** Compares the staff with the people of the issuer. */
    syncStaff: async () => void (await jobs.find(({ name }) => name === 'profiles-sync-staff')?.run()),
    ask(token: string | undefined, query: string, variables: Record<string, unknown> = {}) {
      return subgraph.execute({ query, variables, headers: token ? { authorization: `Bearer ${token}` } : {} })
    },
  }
}
