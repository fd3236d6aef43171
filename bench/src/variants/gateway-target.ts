import { readFile } from 'node:fs/promises'
import { Pool } from 'undici'
import type { Ask, ComparedRequest } from '../comparison/comparison.js'
import type { Target } from '../load/load.js'
import { requestsOf, type Stage } from './variant.js'

/** What to send to a gateway at `url` for the comparison's requests. */
export const gatewayTarget = async (name: string, url: string, { comparison, requests }: Stage): Promise<Target> => {
  const query = await readFile(comparison.query, 'utf8')
  const { origin, pathname } = new URL(url)
  const pool = new Pool(origin)
  const variables = await comparison.variables(requests, askAt(pool, pathname)).finally(() => pool.destroy())
  const sent = requestsOf(variables.map((each) => ({ query, variables: each }))).map(({ headers, body }, at) => ({
    headers: { ...headers, ...authorization(requests[at] as ComparedRequest) },
    body,
  }))
  return { name, url, requests: sent, aliased: comparison.aliased }
}

const authorization = ({ token }: ComparedRequest) => ({ authorization: `Bearer ${token}` })

const askAt =
  (pool: Pool, path: string): Ask =>
  async (request, query, variables) => {
    const [asked] = requestsOf([{ query, variables }])
    const headers = { ...asked?.headers, ...authorization(request) }
    const { body } = await pool.request({ path, method: 'POST', headers, body: asked?.body ?? '' })
    const text = await body.text()
    const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown }
    if (errors || !data) throw new Error(`the gateway does not say what ${query} asks: ${text.slice(0, 500)}`)
    return data
  }
