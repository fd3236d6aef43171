import type { startServeBacking } from '../serve/backing.js'
import type { Ask } from '../serve/ledger.js'

interface Answer {
  data?: never
  errors?: { extensions: { code: string } }[]
}

/** Asks the process at this address as an administrator, again and again until it has answered. */
export const askReplica =
  (url: () => string, backing: Pick<Awaited<ReturnType<typeof startServeBacking>>, 'token'>): Ask =>
  async (query, variables) => {
    for (;;) {
      const headers = {
        'content-type': 'application/json',
        authorization: `Bearer ${await backing.token('admin')}`,
      }
      const body = JSON.stringify({ query, variables })
      const answer = await fetch(`${url()}/graphql`, { method: 'POST', headers, body }).then(
        (response) => response.json() as Promise<Answer>,
        () => undefined,
      )
      if (answer && !answer.errors) return answer.data as never
      if (answer?.errors?.some(({ extensions: { code } }) => code !== 'UNAVAILABLE')) {
        throw new Error(JSON.stringify(answer.errors))
      }
      await new Promise((resume) => setTimeout(resume, 50))
    }
  }
