import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Ask } from '../serve/ledger.js'

interface Answer {
  data?: any
  errors?: { message: string; extensions: { code: string } }[]
}

const reusing = new Agent({ keepAlive: true })

/** One request to a GraphQL endpoint, asked once. Rejects where no answer comes; every other client keeps its connections. */
export const askOnce = async (url: string, token: string, query: string, variables: object = {}, keepAlive = true) => {
  const body = JSON.stringify({ query, variables })
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const answered = Promise.withResolvers<string>()
  const sent = request(`${url}/graphql`, {
    method: 'POST',
    headers,
    agent: keepAlive ? reusing : false,
    timeout: 30_000,
  })
  sent
    .on('response', (response) => text(response).then(answered.resolve, answered.reject))
    .on('timeout', () => sent.destroy(new Error('no answer in 30 seconds')))
    .on('error', answered.reject)
    .end(body)
  return JSON.parse(await answered.promise) as Answer
}

/** Requests that were sent, and what was said by or of those that failed. */
export interface Tally {
  sent: number
  failed: string[]
}

/**
 * Asks again until a request is answered as clients do, and keeps count of those that failed, of which `onFailure` is told. Half of the clients keep
 * their connections.
 */
export const counting = (url: string, token: () => Promise<string>, onFailure = () => {}) => {
  const tally: Tally = { sent: 0, failed: [] }
  const ask: Ask = async (query, variables, client) => {
    for (;;) {
      tally.sent++
      const kept = client % 2 === 0
      const answer = await askOnce(url, await token(), query, variables, kept).catch(
        (error: NodeJS.ErrnoException) => error,
      )
      if (!(answer instanceof Error) && !answer.errors) return answer.data
      const why = answer instanceof Error ? (answer.code ?? answer.message) : JSON.stringify(answer.errors)
      tally.failed.push(`${kept ? 'kept' : 'new'} connection, ${new Date().toISOString()}: ${why}`)
      onFailure()
      await new Promise((resume) => setTimeout(resume, 100))
    }
  }
  return { ask, tally }
}
